"""Figures stated in the narrative: which number stands for which measure, and when it is left alone."""
