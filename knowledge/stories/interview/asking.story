story: Opening asks one question
ann: help me choose
bot asks: app_type
bot: What are you building?
bot offers: Online shop
bot offers: Not sure
bot offers: Why?

story: A whole brief at once is noted and not asked again
ann: we're 4 developers building a REST API on MariaDB, no admin panel, to ship in 3 weeks
bot: team of 4
bot: MariaDB
bot: no admin panel
bot notes: team = solo_or_small
bot notes: app_type = api_backend
bot notes: database = relational_simple
bot notes: admin = no
bot notes: deadline = weeks

story: A kind of project by button sets just that
ann: start
ann presses: Online shop
bot notes: app_type = ecommerce
bot: Noted: online shop

story: An answer to another question is taken, and the same question stays
ann: start
ann presses: Online shop
bot asks: admin
ann: team of 3
bot notes: team = solo_or_small
bot: Back to:
bot asks: admin

story: Several answers in one message
ann: start
ann presses: Online shop
ann: yes, a must, and we use MySQL with 5 devs
bot notes: admin = must
bot notes: database = relational_simple
bot notes: team = solo_or_small

story: Skipping is no complaint, and does not come back
ann: start
ann: skip
bot: I leave that open (Project)
bot asks: admin
ann: no idea
bot: I leave that open (Admin panel)

story: Does not matter is an answer
ann: start
ann presses: Online shop
ann: doesn't matter
bot notes: admin = any

story: A guess counts less
ann: start
ann: an online shop, probably on Postgres
bot: probably PostgreSQL

story: Both databases
ann: start
ann: a REST API on both Postgres and Mongo
bot notes: database = relational_simple+nosql

story: Back takes back a turn
ann: start
ann: an online shop for 3 people
ann: back
bot: Taken back
bot asks: app_type
ann: undo
bot: Nothing to undo

story: A correction shows old and new
ann: start
ann: an intranet on MySQL with accounts
ann: actually we use MongoDB
bot: MySQL → MongoDB
bot notes: database = nosql

story: Why it is asked, and what it means
ann: start
ann presses: Online shop
ann: why?
bot: A ready admin panel saves weeks
bot asks: admin
ann: what does that mean?
bot: screens for trusted staff
bot asks: admin
ann: repeat
bot: Do you need an admin panel
bot asks: admin

story: A question in the middle, then the same question again
ann: start
ann presses: Online shop
bot asks: admin
ann: is flask faster than django?
bot: Back to:
bot asks: admin
bot notes: app_type = ecommerce

story: Numbers that cannot be
ann: start
ann: 0 devs
bot: cannot be

story: Show, change and forget what was noted
ann: start
ann: a social network for 3 people with a first release in 4 months
ann: show my answers
bot: you said
bot offers: Change Team
ann: forget the deadline
bot: Forgotten: First release

story: How far it is
ann: start
ann presses: Prototype or MVP
ann: how many more questions?
bot: Usually three to six

story: Both of what
ann: start
ann presses: Online shop
ann: both
bot: Both of which?

story: Starting over is asked for, and can be taken back
ann: start
ann: an online shop
ann: start over
bot: Start over and put your answers aside?
ann: yes
bot: Started over
ann: back
bot notes: app_type = ecommerce

story: Stopping, and coming back after a restart
ann: start
ann: a booking system on Postgres
ann: cancel
bot: Resume
restart
ann: resume
bot: Welcome back
bot notes: database = relational_simple

story: The same button twice is one answer
ann: start
ann presses: Online shop
again
bot is: duplicate
