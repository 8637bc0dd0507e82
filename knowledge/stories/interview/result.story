story: Just tell me, on little evidence
ann: start
ann: just tell me
bot: little evidence
bot offers: Keep going

story: The result gives reasons, one against, what would turn it, and the second
ann: start
ann: an online shop on Postgres for 9 developers, staff need an admin panel
ann: just tell me
bot picks: django
bot: you need an admin panel
bot: It would be
bot: Runner-up
bot offers: What if…
bot offers: Decision record
ann: why?
bot: lead
bot offers: Why

story: What if changes nothing until it is kept
ann: start
ann: a REST API on Postgres for 3 devs, no admin panel
ann: just tell me
bot picks: fastapi
ann: what if we needed an admin panel?
bot: With *admin panel*
bot notes: admin = no
ann: discard
bot notes: admin = no
ann: what if we needed an admin panel?
ann presses: Keep this change
bot notes: admin = must
ann: undo
bot notes: admin = no

story: Does it change anything
ann: start
ann: an online shop on Postgres
ann: just tell me
ann: actually on MongoDB
ann: does that change your answer?
bot: stays

story: The second, a comparison, and another opinion
ann: start
ann: a REST API on Postgres for 3 devs, no admin panel
ann: just tell me
ann: and second best?
bot: Second is
ann: compare with Django
bot: Why FastAPI rather than Django
ann: no, Django is better
bot: What speaks for Django
bot offers: Record Django anyway

story: Shorter
ann: start
ann: a REST API on Postgres for 3 devs, no admin panel
ann: just tell me
ann: shorter
bot: FastAPI
bot not: Runner-up

story: The decision record
ann: start
ann: an online shop on Postgres for 9 developers, staff need an admin panel
ann: just tell me
ann presses: Decision record
bot: 0001-use-django.md
bot: Decision Drivers

story: A framework ruled out, and let back in
ann: start
ann: an online shop, but we don't want Django
bot: Without Django
ann: just tell me
bot: Ruled out by you: Django
ann: django is allowed again
bot: may take part again

story: Asking on after the result
ann: start
ann: a prototype
ann: just tell me
ann: keep going
bot: ?
bot offers: Not sure

story: A button of long ago
ann: start
ann presses: iv:99:a:app_type:ecommerce
bot: earlier question
bot asks: app_type

