#!/usr/bin/env bats
# Locations: where stock lies, and which one is meant when none is named.

load shop

setup() {
	shop_setup
	must location create --name Shop --country de -q
}

@test "a shop begins with a default location, and more can be added" {
	is 'map([.id, .name, .country, .default])' \
		'[["loc-1000","Main",null,true],["loc-1001","Shop","DE",false]]' location list
	is '[.name, .status]' '["Shop","active"]' location show loc-1001
}

@test "a name belongs to one location" {
	refused 4 location create --name Shop
	says E_DUPLICATE
	says "shopctl location show loc-1001"
	refused 4 location update loc-1000 --name Shop
	refused 5 location create --name ""
	refused 5 location create --name X --country XYZ
}

@test "one location is the default: another takes its place" {
	must location update loc-1001 --default -q
	is 'map(.default)' '[false,true]' location list
	must location create --name Attic --default -q
	is 'map(.default)' '[false,false,true]' location list
	must product create MUG-01 --title Mug --price 1 -q
	must stock receive MUG-01 1 -q
	is '.locations[0].location' '"loc-1002"' stock show MUG-01
}

@test "an update tells what changed, and nothing when nothing did" {
	must location update loc-1001 --name "Shop floor" --country none -q
	is '[.name, .country, .version]' '["Shop floor",null,2]' location show loc-1001
	before=$(events)
	must location update loc-1001 --name "Shop floor" -q
	[ "$(events)" -eq "$before" ]
}

@test "a location in use is not archived" {
	must product create MUG-01 --title Mug --price 1 -q
	must stock receive MUG-01 1 --location loc-1001 -q
	refused 6 location delete loc-1001
	says E_LOCATION_IN_USE
	says "shopctl stock list --location loc-1001"
	refused 6 location delete loc-1000
	says "is the default"
}

@test "an empty location is archived: kept, and out of use" {
	must location delete loc-1001 -q
	is 'map(.id)' '["loc-1000"]' location list
	is 'map(.id)' '["loc-1001"]' location list --status archived
	must product create MUG-01 --title Mug --price 1 -q
	refused 6 stock receive MUG-01 1 --location loc-1001
	says E_STATE
	refused 6 location update loc-1001 --default
	before=$(events)
	must location delete loc-1001 -q
	[ "$(events)" -eq "$before" ]
}
