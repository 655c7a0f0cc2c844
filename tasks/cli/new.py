def new() -> None:
    """x"""
