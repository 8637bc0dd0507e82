story: Ask: one question, its answers, not sure and why
ann: start
ann presses: REST API
ann: skip
bot asks: admin
bot offers: Must have
bot offers: Not sure
bot offers: Why?

story: Several answers in one message are one step
ann: start
ann presses: REST API
ann: skip
ann: yes, a must, and we use MySQL with 5 devs
bot notes: admin = must
bot notes: database = relational_simple
bot notes: team = solo_or_small
ann: undo
bot: Taken back
bot asks: admin

story: Answer to another question is taken, and the same question stays
ann: start
ann presses: Online shop
bot asks: checklist
ann: team of 3
bot notes: team = solo_or_small
bot: Back to:
bot asks: checklist

story: Don't know, skip: no complaint, and it does not come back
ann: start
ann: skip
bot: I leave that open (Project)
bot asks: checklist
ann: no idea
bot: I leave that open (What it needs)
bot asks: admin
ann: not sure
bot: I leave that open (Admin panel)

story: Doesn't matter is an answer
ann: start
ann presses: Online shop
ann: doesn't matter
bot: I leave that open (What it needs)
ann: doesn't matter
bot notes: database = any

story: Hedge: a guess counts less, and can be made sure
ann: start
ann: an online shop, probably on Postgres
bot: Taking *PostgreSQL* as likely
bot offers: PostgreSQL: sure
bot offers: Fix
ann presses: PostgreSQL: sure
bot: probably PostgreSQL → PostgreSQL

story: Both: two answers hold
ann: start
ann: a REST API on both Postgres and Mongo
bot notes: database = relational_simple+nosql
bot: PostgreSQL and MongoDB

story: Both: which is the main one, where that would tell most
ann: start
ann: both a shop and a prototype
bot notes: app_type = ecommerce+prototype
bot: Which is the main one: Online shop / Prototype or MVP?
bot offers: Both alike
ann presses: Both alike
bot: it stays so
bot notes: app_type = ecommerce+prototype

story: Both: of what, where it is not plain
ann: start
ann presses: Online shop
ann: both
bot: Both of which?

story: Back, undo: takes back a turn, down to the start
ann: start
ann: an online shop for 3 people
ann: back
bot: Taken back
bot asks: app_type
ann: undo
bot: Nothing to undo

story: Correct an earlier answer: old and new are shown, and what it does to the pick
ann: start
ann: an intranet on MySQL with accounts
ann: actually we use MongoDB
bot: MySQL → MongoDB
bot: stays with
bot notes: database = nosql

story: Correct with a doubt that would turn the pick: asked first
ann: start
ann: a REST API
ann: just tell me
bot picks: fastapi
ann: hmm, maybe it is an online shop
bot: To be sure
ann: no
bot: Left as it was
bot notes: app_type = api_backend

story: Edit list: show, change and forget what was noted
ann: start
ann: a social network for 3 people with a first release in 4 months
ann: show my answers
bot: Team: team of 3 (you said)
bot: Assumed from similar projects
bot offers: Change Team
ann: forget the deadline
bot: Forgotten: First release

story: Progress: a bar and about how many more, never 3 of 12
ann: start
ann presses: Prototype or MVP
bot: ▰
bot: more question
ann: how many more questions?
bot: sure: so often
bot: more question
bot: Back to:

story: Just tell me, on little evidence, with what would decide it
ann: start
ann: just tell me
bot: little evidence
bot: What would decide it
bot offers: Keep going

story: Side remark with a fact: the opinion is answered, the fact asked for
ann: start
ann presses: Web app with pages
ann: Flask is too slow for us, we need 4k rps
bot: Flask is light
bot: Shall I note: **4,000 requests a second**?
ann: no
bot: Left as it was
bot: Back to:
ann: Django feels bloated, we are only 2 people
bot: Shall I note: **team of 2**?
ann: yes
bot notes: team = solo_or_small

story: Invalid value: the range is said, nothing is stored
ann: start
ann: 0 devs
bot: “0 devs” cannot be: I take 1 to 5,000 people
bot asks: app_type
ann: 2000000 rps
bot: requests a second
bot asks: app_type

story: Ambiguous: did you mean one of these, or neither
ann: start
ann presses: Online shop
ann: the big one
bot: Did you mean one of these?
bot offers: Size: Large or complex
bot offers: Neither
ann presses: Neither
bot: I did not get that
bot asks: checklist

story: Not understood: three steps, never the same words
ann: start
ann presses: Online shop
ann: blah foo
bot: I did not get that
ann: blah bar
bot: You could answer
ann: blah baz
bot: Let us leave that open
bot not: You could answer

story: Beginning with a described project after a closed interview
ann: start
ann: a blog
ann: cancel
ann: we are 6 developers building a REST API on MySQL
bot notes: team = solo_or_small
bot notes: app_type = api_backend

story: The same button twice is one answer
ann: start
ann presses: Online shop
again
bot is: duplicate

story: Asked in the middle what it would take, it says so
you: team of 4, a REST API on Postgres for our apps. which framework?
bot: About
you: so what would you pick for us then?
bot: FastAPI
bot: Because
