#!/usr/bin/env bats
# Jobs from the command line.

load shop

setup() {
	shop_setup
}

@test "without work there are no jobs" {
	is . '[]' job list
	is . '[]' job stats
	refused 3 job show job-1000
	refused 3 job retry job-1000
}

@test "retrying needs jobs or --dead, and no dead job is no error" {
	refused 2 job retry
	must job retry --dead
}

@test "canceling needs a reason and an answer" {
	refused 2 job cancel job-1000 --yes
	refused 3 job cancel job-1000 --yes --reason "paid by telephone"
}
