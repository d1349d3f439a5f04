"""The garbage collector, kept out of what makes millions of objects and no circles of them."""

import gc
from collections.abc import Generator
from contextlib import contextmanager


@contextmanager
def no_collector() -> Generator[None]:
    """Keeps the collector off: it would look at the same objects again and again.

    Decoding takes two to three times as long with it, and writing a sixth more.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
