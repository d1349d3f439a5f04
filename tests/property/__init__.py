"""Properties that hold for any input. How long one example takes is no property: a test that
runs beside others on a busy machine has no deadline."""

from hypothesis import settings

settings.register_profile("commentree", deadline=None)
settings.load_profile("commentree")
