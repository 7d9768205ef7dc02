"""Stage one of transfer: continued pre-training of an encoder on unlabelled text by masked tokens."""
