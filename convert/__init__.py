"""From a trained checkpoint to a verified, quantised GGUF in a model folder; never shipped with the app.

The way of a model: ``gguf`` (checkpoint to F16), ``importance`` (what the quantiser should keep exact), ``quantise``
(by a recipe, tensor by tensor, into shards), ``verify`` (proof and report), ``install`` (folder, manifest, card).
Importing this package only defines; torch and llama.cpp are loaded by the commands that need them.
"""
