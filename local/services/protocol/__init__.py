"""AWS JSON 1.1: dispatch, validation against AWS's own service models, errors."""
