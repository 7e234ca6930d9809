"""stub"""
from typing import Any
def is_installed() -> bool: return False
def recognise(image: Any, scale: float) -> Any: ...
