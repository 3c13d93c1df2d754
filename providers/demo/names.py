"""Names that no real place has: something from outdoors, something from a workshop, and what it is.

No first or last names, no brands, no towns. Both counts are prime and differ, so that the pairs
repeat only after 3,599 names.
"""

OUTDOORS = (
    "Drizzle", "Sedge", "Hoarfrost", "Teasel", "Scree", "Bracken", "Sleet", "Lichen", "Rainshadow",
    "Yarrow", "Shale", "Thaw", "Cattail", "Gravel", "Dusk", "Burdock", "Hailstone", "Loam",
    "Milkweed", "Squall", "Marl", "Sorrel", "Fogbank", "Gorse", "Pinecone", "Woodsmoke", "Mullein",
    "Icicle", "Silt", "Pinebark", "Puddle", "Tussock", "Haze", "Tamarack", "Snowmelt", "Pebble",
    "Duckweed", "Buckwheat", "Catkin", "Backwater", "Nettle", "Sapling", "Sandbar", "Thistle",
    "Driftline", "Bulrush", "Overcast", "Toadflax", "Moraine", "Seedpod", "Lowland", "Knotweed",
    "Rushlight", "Oxbow", "Mudflat", "Snowdrift", "Barnacle", "Tidepool", "Understory",
)  # fmt: skip

WORKSHOP = (
    "Bobbin", "Trellis", "Kiln", "Thimble", "Bellows", "Quilt", "Dovetail", "Inkwell", "Sieve",
    "Trowel", "Wicker", "Lathe", "Tassel", "Ladle", "Shuttle", "Whetstone", "Basket", "Treadle",
    "Parchment", "Rivet", "Marquetry", "Linen", "Shingle", "Pulley", "Spindle", "Crock", "Button",
    "Mortise", "Patchwork", "Glaze", "Workbench", "Hinge", "Distaff", "Plumbline", "Kindling",
    "Sawhorse", "Wheelbarrow", "Tile", "Felt", "Ribbon", "Weathervane", "Anvil", "Cartwheel",
    "Stencil", "Loom", "Broom", "Skein", "Clapboard", "Easel", "Apron", "Bookbinding", "Lattice",
    "Ferrule", "Pinwheel", "Millwheel", "Latch", "Selvage", "Teapot", "Woodcut", "Candlewick",
    "Cobble",
)  # fmt: skip

JOINED = ("{0} {1}", "{1} and {0}", "{0} {1}", "{0} & {1}", "{1} {0}")
# How the places of one organization are told apart.
SITES = ("North", "South", "East", "West", "Old Mill")


def pair(number):
    one, other = OUTDOORS[number % len(OUTDOORS)], WORKSHOP[number % len(WORKSHOP)]
    return JOINED[number % len(JOINED)].format(one, other)
