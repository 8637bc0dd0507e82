# What-ifs in a row, and what may be handed on while one is open.

story: A what-if goes on: what is supposed after it is supposed too
ann: a REST API for 2 devs on Postgres, no admin, typed docs. which framework?
ann: just tell me
ann: what if typed docs are only nice to have
bot: With *generated API docs nice to have*
ann: and 20 people?
bot: With *generated API docs nice to have · team of 20*
bot notes: team = solo_or_small
ann: and 50?
bot: nice to have · team of 50*
ann: plus an admin panel
bot: team of 50 · admin panel*
bot notes: admin = no
ann: discard
bot: Left as it was
bot notes: team = solo_or_small
bot notes: api_docs = must

story: A what-if goes on: kept, all of it holds; one undo takes all of it back
ann: an internal tool with an admin panel and accounts for 3 devs, what do you recommend?
ann: just tell me
ann: and without the admin?
ann: also with 30 devs?
ann: keep
bot notes: admin = no
bot notes: team = large_or_changing
ann: hmm no undo that
bot: Taken back: no admin panel · team of 30
bot notes: admin = must

story: A what-if: a new one begins anew, a statement is a fact, undo drops it
ann: an internal tool with an admin panel and accounts for 3 devs, what do you recommend?
ann: just tell me
ann: what if we had no admin panel
ann: what if we used Mongo
bot: With *MongoDB*
bot not: no admin panel
ann: undo
bot: Left as it was
bot notes: admin = must
ann: what if we were 30 people
ann: we are 5 people now
bot: team of 3 → team of 5

story: A what-if: what is taken instead is not what is dropped
ann: a REST API for 2 devs on Postgres, no admin. which framework?
ann: just tell me
ann: what if we drop postgres for mongo
bot: With *MongoDB*

story: A what-if: a record holds what is so, and says what was only tried
ann: a REST API for 2 devs on Postgres, no admin, typed docs. which framework?
ann: just tell me
ann: what if we were 20 people
ann: can you write that up for our architecture meeting?
bot: *team of 20* was only tried and is not in it
bot: team of 2;
