"""Administrative divisions of China down to townships: names, codes, and the years in which they stood.

The lists are packaged; `data/source.yaml` says where they come from.
"""

from govinfo.gazetteer.division import Division, stood
from govinfo.gazetteer.gazetteer import Gazetteer, gazetteer
from govinfo.gazetteer.places import place_row, read_places
from govinfo.gazetteer.words import short_name, spoken_names

__all__ = ["Division", "Gazetteer", "gazetteer", "place_row", "read_places", "short_name", "spoken_names", "stood"]
