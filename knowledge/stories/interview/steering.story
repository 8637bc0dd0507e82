# Steering the interview in one's own words.

story: Back after a question on the frameworks undoes nothing
ann: start
ann: an online shop for a team of 3
bot asks: checklist
ann: is flask faster than django?
ann: ok back
bot not: Taken back
bot asks: checklist
bot notes: app_type = ecommerce
ann: undo
bot: Taken back: team of 3

story: Undo after a question on the frameworks undoes
ann: start
ann: an online shop for a team of 3
ann: is flask faster than django?
ann: undo
bot: Taken back: team of 3

story: Forget that drops a what-if, and nothing else
ann: start
ann: a REST API, 3 devs
ann: what if we used mongo?
bot: With *MongoDB*
ann: ok forget that
bot: Left as it was
bot asks: checklist
ann: and if we were 10?
bot: With *team of 10*
ann: forget it
bot: Left as it was
bot notes: team = solo_or_small

story: The answers, asked for in many ways
ann: start
ann: a REST API, 3 devs
ann: show what you noted
bot: What I understood
ann: can you list what I told you
bot: What I understood
ann: ok summarize where we are
bot: What I understood
ann: what do you know about me so far
bot: What I understood
bot not: What I keep about you

story: The next one, a step back, and how many more
ann: start
ann: a REST API, 3 devs
bot asks: checklist
ann: ask me the next one
bot: I leave that open (What it needs)
bot asks: api_docs
ann: that question was weird. go back
bot: One step back
bot asks: checklist
ann: how many questions left?
bot: more question
ann: ok bot, recommend one for us
bot picks: fastapi

story: The top two side by side
ann: start
ann: a REST API on Postgres for 3 devs, no admin panel
ann: just tell me
ann: compare the top two
bot: Why FastAPI rather than Flask

story: A word from above keeps what was told
ann: rest api, 3 devs, no admin, postgres, async, openapi. what should we use?
bot picks: fastapi
ann: our cto says django or nothing
bot: What speaks for Django
bot offers: Record Django anyway
bot notes: app_type = api_backend

story: Something held against the pick
ann: start
ann: an online shop, one dev
ann: just tell me
bot picks: django
ann: too heavy
bot: next comes Flask
bot offers: Compare with Flask
bot notes: app_type = ecommerce

story: What people know is no reason between two others
ann: start
ann: a REST API, typed contracts, the team knows Django, but we don't want Django
ann: just tell me
bot picks: fastapi
bot not: the team knows Django (+

story: A plain doubt about the pick
ann: start
ann: an online shop, one dev
ann: just tell me
ann: not convinced
bot: next comes Flask
bot notes: app_type = ecommerce

story: Something added after the result and a question keeps what was told
ann: start
ann: an internal tool on Postgres
ann: just tell me
ann: is django fast?
ann: and later a mobile app too
bot: small REST API
bot notes: app_type = internal_tool
bot notes: database = relational_simple

story: Back to the project, politely, undoes nothing
ann: start
ann: an online shop for a team of 3
ann: is flask faster than django?
ann: back to my project please
bot not: Taken back
bot asks: checklist
bot notes: team = solo_or_small

story: An answer changed by its number or its name
ann: start
ann: an online shop for a team of 3
ann: show me my answers
bot: Project: online shop
ann: change 1
bot asks: team
ann: leave it as it is
bot: team of 3
ann: fix the second one
bot asks: app_type
ann: a blog
bot: online shop (e-commerce) → blog
ann: change the team
bot asks: team

story: What was answered and assumed, in other words
ann: start
ann: a REST API, 3 devs
ann: what did I answer so far?
bot: What I understood
ann: what are you assuming?
bot: Assumed from similar projects

story: Slips of the fingers between the answers
ann: start
ann: an intrenal tool
ann: abuot 10 usrs, 2 devlopers
bot: 10 users
bot: team of 2
ann: we konw djnago alredy
bot notes: background = django
bot asks: checklist
ann: dont konw
bot: I leave that open (What it needs)

story: The verdict, asked for in many ways
ann: start
ann: an online shop with an admin on Postgres
ann: just tell us
bot: you need an admin panel
ann: ok which one now?
bot: you need an admin panel
ann: done, what's your verdict?
bot: you need an admin panel
ann: what's the recommendation then?
bot: you need an admin panel

story: Thanks, and what comes next
ann: start
ann: an online shop with an admin on Postgres
ann: so what's it gonna be
bot: you need an admin panel
ann: thanks, write it up
bot: Use Django for the online shop

story: Why is this asked
ann: start
ann: an online shop
bot asks: checklist
ann: why are you asking me this
bot: one look at the list saves a question for each
ann: 3 of us
ann: hm ok make that 6
bot: team of 3 → team of 6
