"""E: messages to arrays. Weights come from the model store; text runs on ONNX Runtime, without torch."""
