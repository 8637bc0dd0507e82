# Answers put right in passing.

story: Put right by its name
ann: start
ann: an internal tool
ann: 1 and 2
bot notes: pages = none
ann: we know php, 3 people. and pages should be html, I ticked it wrong before
bot: HTML pages: no HTML pages → server-rendered HTML pages
bot notes: team = solo_or_small
ann: admin: no
bot notes: admin = no
ann: team: 12
bot: team of 12
ann: the database will be mysql after all
bot notes: database = relational_simple

story: Put right after the list was shown
ann: start
ann: an internal tool
ann: 1 and 2
ann: just tell me
ann: what did I answer
ann: pages: yes, html
bot: no HTML pages → server-rendered HTML pages

story: Put right: what was answered last, whatever is open
ann: start
ann: a blog for 2 people
ann: skip
ann: skip
bot asks: admin
ann: no, but maybe later
bot: Noted: no admin panel
bot not: as likely
ann: not flask
ann: undo
ann: hmm actually yes we want one. and can you put fastapi back in
bot notes: admin = must

story: Put right: with the words of another answer
ann: start
ann: a blog for 2 people
ann: skip
ann: skip
bot asks: admin
ann: nice to have
ann: wait, can I change that, must have
bot notes: admin = must

story: Put right: where it is not plain what is meant, that is said
ann: start
ann: a REST API
ann: 1 and 2
bot not: What will it need
ann: skip
ann: actually yes we want one
bot: I could not tell which answer you take back
bot: What I understood

story: Put right: a marketplace is no shop, though it counts as one
ann: start
ann: an online shop
ann: its not a shop its more of a marketplace
bot: Project: online shop (e-commerce) → marketplace
bot notes: app_type = ecommerce

story: A framework is brought back in several ways
ann: an online shop for 3 devs, what do you recommend?
ann: just tell me
ann: without django
bot: Without Django, then
ann: ok bring django back
bot: Django may take part again
ann: without flask
ann: give flask another chance
bot: Flask may take part again
