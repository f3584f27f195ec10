"""The accurate model of stancekit: ``stancekit.load("accurate")`` finds it in ``model``."""
