"""Where and with whom, in words, for therapies and for the places that offer them."""

DELIVERY = {"in-person": "In person", "virtual": "By video"}
GROUPING = {
    "individual": "One to one",
    "group": "In a group",
    "couple": "As a couple",
    "family": "As a family",
}
