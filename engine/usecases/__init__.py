"""What a seller can want, one module each: orchestration over ports and adapters, without a window."""
