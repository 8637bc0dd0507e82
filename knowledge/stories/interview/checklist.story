# Several questions in one: what the project needs, to be ticked.

story: The list: after what is built, and only what makes sense for it
ann: start
ann presses: REST API
bot: What will it need?
bot asks: checklist
bot offers: Admin panel
bot offers: None of these
bot offers: Not sure
bot not: Many forms

story: The list: ticked by numbers, what is left out counts as not needed
ann: start
ann presses: Online shop
ann: 1, 2 and 5
bot: Noted: admin panel · user accounts (auth) · HTML pages
bot: Taken as not needed: Typed API docs
bot notes: admin = must+nice
bot notes: auth = accounts
bot notes: pages = many+few
bot notes: forms = few
ann: show my answers
bot: Forms: few forms or none (not chosen)
ann: undo
bot asks: checklist
bot offers: Many forms

story: The list: in words, which say nothing of the rest
ann: start
ann presses: Online shop
ann: accounts and an admin panel please
bot: Noted: admin panel · user accounts
bot not: Taken as not needed
bot notes: auth = accounts

story: The list: with facts beside it
ann: start
ann presses: Online shop
ann: admin and forms, no translations, and it's on postgres
bot notes: admin = must
bot notes: i18n = no
bot notes: database = relational_simple
bot not: What will it need

story: The list: none of it
ann: start
ann presses: REST API
ann: none of these
bot: Taken as not needed: Admin panel
bot notes: api_docs = no
bot notes: ml = no

story: The list: everything but
ann: start
ann presses: REST API
ann: everything except ML and an admin panel
bot notes: api_docs = must+nice
bot notes: concurrency = high+some
bot: Taken as not needed: Admin panel · ML models

story: The list: a box is one press, the rest counts as not chosen
ann: start
ann presses: Online shop
ann presses: User accounts
bot notes: auth = accounts
bot: Taken as not needed: Admin panel

story: The list: what was told before is not in it
ann: start
ann: a prototype with many forms
bot asks: checklist
bot offers: User accounts
bot not: Many forms]

story: The list: a yes names nothing
ann: start
ann presses: Online shop
ann: yes
bot: I did not get that
bot asks: checklist

story: The list: settled meanwhile, its boxes still count
ann: start
ann presses: REST API
ann: 4
ann: just tell me
ann presses: iv:1:tick:admin
bot notes: admin = must+nice

story: The list: what was not chosen, as a reason
ann: start
ann presses: Online shop
ann: 2 and 3
ann: just tell me
ann: why
bot: you did not choose

story: The list: a number below nothing is no box
ann: start
ann presses: Online shop
ann: -5
bot: I did not get that
bot asks: checklist

story: The list: a number and a no are said beside it
ann: start
ann presses: Online shop
ann: about 10 users
bot notes: traffic = normal
bot asks: checklist
ann: no admin
bot notes: admin = no
bot asks: checklist
ann: but accounts
bot notes: auth = accounts
bot not: What will it need

story: The list: one number or one label that is typed says nothing of the rest
ann: start
ann presses: Online shop
ann: 2
bot: Noted: user accounts
bot not: Taken as not needed
bot notes: auth = accounts

story: The list: only this
ann: start
ann presses: Online shop
ann: 2 and nothing else
bot: Taken as not needed: Admin panel
bot notes: auth = accounts
bot notes: admin = no
ann: undo
ann: just the admin
bot: Taken as not needed: User accounts
ann: undo
ann: html pages and login, nothing else
bot notes: pages = many+few
bot notes: admin = no

story: The list: with slips, and things said beside it
ann: start
ann presses: Online shop
ann: adm panel n user acounts
bot notes: admin = must
bot notes: auth = accounts

story: The list: live updates are no other project
ann: start
ann: a REST API for our app
ann: ok. push tokens, live updates
bot notes: app_type = api_backend
bot notes: auth = tokens
