# Who works on it, what they know, and how that changes.

story: What nobody knows is not what the team knows
ann: start
ann: an online shop
ann: nobody on the team knows Django
bot: Noted: no Django so far
bot not: knows Django
ann: we don't know Flask
bot: no Django / Flask so far

story: What people never used, in any order
ann: start
ann: we never used FastAPI
bot: Noted: no FastAPI so far
ann: none of us knows Django
bot: no Django / FastAPI so far
ann: new to Flask
bot: no framework known yet
bot notes: background = none

story: No experience with a framework rules nothing out
ann: start
ann: we have no Django experience
bot: no Django so far
bot not: Without Django

story: For whom it is built is not who builds it
ann: we are building an internal tool for 30 people, 2 devs
bot: team of 2
bot: 30 users
bot notes: team = solo_or_small

story: Who the two are does not make them four
ann: start
ann: 2 devs, one senior and one junior
bot: team of 2
bot: mixed experience

story: Two kinds of people add up, and say nothing of what is built
ann: start
ann: an internal tool
ann: 2 backend and 3 frontend people
bot: team of 5
bot notes: app_type = internal_tool

story: The newest number is the size of the team
ann: start
ann: team of 4, a REST API
ann: we lost one dev, now 3
bot: team of 4 → team of 3
ann: 7, dave left
bot: team of 3 → team of 7
ann: no, 5
bot: team of 7 → team of 5
ann: we were 4 but now 3
bot: team of 5 → team of 3
ann: undo
bot: team of 3
bot notes: team = solo_or_small

story: Who leaves and who joins is counted
ann: start
ann: team of 4, a REST API
ann: we lost one dev
bot: team of 4 → team of 3
ann: we hired 6 devs
bot: team of 3 → team of 9
bot notes: team = large_or_changing

story: A number after "no" corrects a number, and answers nothing else
ann: start
ann: an online shop
bot asks: checklist
ann: no, 3 with cid
bot: I did not get that
ann: we are 2
bot: team of 2
bot asks: checklist
ann: no, 3 with cid
bot: team of 2 → team of 3
bot not: no admin panel
ann: no
bot notes: admin = no

story: Who might leave is still there, and who is gone is not
ann: start
ann: an online shop, juniors with a senior
ann: the senior might quit though
bot not: probably senior
bot notes: experience = new_to_web+senior
ann: without the senior, change it
bot: beginners on the web
bot notes: experience = new_to_web

story: What people hated is no reason for it
ann: start
ann: an online shop
ann: we used Django before but hated it
bot: Shall I leave **Django** out?
bot not: knows Django
ann: yes
bot: Without Django
ann: django is allowed again
bot: may take part again

story: Against a framework
ann: start
ann: choosing between django and fastapi for a REST API for 3 devs
ann: i'm against django
bot: Without Django
