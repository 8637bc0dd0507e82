story: Open: what it does, how long it takes, and one question
ann: help me choose
bot: three to six questions
bot asks: app_type
bot: What are you building?
bot offers: Online shop
bot offers: Not sure
bot offers: Why?

story: Open again: a greeting with what there is, resume or new
ann: help me choose
ann: a booking system on Postgres
ann: cancel
ann: help me choose
bot: There is an interview already
bot: PostgreSQL
bot offers: Resume
bot offers: New interview

story: Volunteer up-front: a whole brief is noted and not asked again
ann: we're 4 developers building a REST API on MariaDB, no admin panel, to ship in 3 weeks
bot: team of 4
bot: MariaDB
bot: no admin panel
bot notes: team = solo_or_small
bot notes: app_type = api_backend
bot notes: database = relational_simple
bot notes: admin = no
bot notes: deadline = weeks
bot offers: Fix

story: Volunteer up-front: a question at the end does not hide the project
ann: hey, we are a small agency building a customer portal where people upload documents and our staff approve them, MySQL, 5 developers, no rush. What should we take?
bot notes: app_type = full_web_app
bot notes: database = relational_simple
bot notes: team = solo_or_small

story: Volunteer up-front: a list that "or" closes is denied as a whole
ann: start
ann: a small site, no admin, forms or users
bot notes: admin = no
bot notes: forms = few
bot notes: auth = none

story: Volunteer up-front: what is handled elsewhere is no login of its own
ann: start
ann: we don't need auth, it sits behind okta
bot: login handled elsewhere
bot notes: auth = tokens

story: Project-type start: a button sets just that
ann: start
ann presses: Online shop
bot notes: app_type = ecommerce
bot: Noted: online shop

story: Deal-breakers: the list to tick
ann: start
ann presses: Online shop
ann: deal-breakers
bot: Any deal-breakers?
bot offers: admin panel
bot offers: several languages
bot offers: None of these
ann presses: None of these
bot asks: checklist

story: Deal-breakers: in one's own words
ann: start
ann presses: Online shop
ann: must have openapi and several languages
bot notes: api_docs = must
bot notes: i18n = yes

story: Deal-breakers: ticked late, they count as well
ann: start
ann: a REST API with typed contracts and many open connections
ann: just tell me
bot picks: fastapi
ann: deal-breakers
ann presses: admin panel
bot: Noted: admin panel
bot notes: admin = must

story: Two interviews at once: go on with the one there is, or a new one
ann: start
ann: an online shop
ann: help me choose
bot: There is an interview already: online shop
ann presses: Resume
bot asks: checklist
ann: help me choose
ann presses: New interview
ann: yes
bot asks: app_type

story: A framework ruled out in the very first message, visible, and let back in
ann: we don't want Flask. Django or FastAPI for an internal tool with an admin panel?
bot: Without Flask
bot notes: app_type = internal_tool
ann: just tell me
bot: Ruled out by you: Flask
bot picks: django
ann: ok then flask is allowed again
bot: Flask may take part again
bot not: Ruled out by you

story: A framework let back in changes where it stands
ann: start
ann: a prototype, but no Flask
bot: Without Flask
ann: flask is fine again
bot: As it stands:

story: A remark before the wish for a recommendation
ann: oh great another bot that knows better than me. help me choose
bot asks: app_type
bot not: ranks a site

story: A wish for a recommendation with slips in it
ann: hlep me chose a framwork
bot asks: app_type
bot not: documentation
