"""Making models: corpus, base checkpoint, fine-tuning, evaluation (``python -m training``). Never shipped with the app."""
