/*
 * The texts of man/prose, NAME.txt each: the only list.
 *
 * TOPIC(identifier, NAME, summary)   of `shopctl help NAME`, in the order help lists them; the manual's pages of
 *                                    sections 5 and 7 are made of the same texts
 * INTRO(NAME)                        what the page of a noun, a command or the program says before its tables
 */
TOPIC(tutorial, tutorial, "from nothing to a delivered order")
TOPIC(cookbook, cookbook, "recipes of a shop's day")
TOPIC(filters, filters, "choosing, ordering, paging and summing the rows of a list")
TOPIC(formats, formats, "output formats")
TOPIC(fields, fields, "choosing fields and columns")
TOPIC(ids, ids, "ids, SKUs and order lines")
TOPIC(money, money, "amounts of money")
TOPIC(quantity, quantity, "quantities and weights")
TOPIC(time, time, "times, spans and durations")
TOPIC(exit_codes, exit-codes, "what each exit code asks of a script")
TOPIC(environment, environment, "variables and files")
TOPIC(config, config, "the configuration file")
TOPIC(declare, declare, "objects in files: export, diff, apply, edit")
TOPIC(errors, errors, "every error code")
TOPIC(events, events, "every type of event in the journal")

INTRO(shopctl)
INTRO(order)
INTRO(payment)
INTRO(shipment)
INTRO(backorder)
INTRO(purchase)
INTRO(stock)
INTRO(cart)
INTRO(event)
INTRO(job)
INTRO(store)
INTRO(worker)
INTRO(batch)
INTRO(shell)
