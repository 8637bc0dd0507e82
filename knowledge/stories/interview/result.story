story: Result: reasons, one against, what would turn it, and the second
ann: start
ann: an online shop on Postgres for 9 developers, staff need an admin panel
ann: just tell me
bot picks: django
bot: you need an admin panel
bot: It would be
bot: Runner-up
bot offers: What if…
bot offers: Decision record

story: Result: what would turn it is something the person could have said
ann: start
ann: an online shop, large
ann: just tell me
bot: It would be **Flask** if the scope were small and clear
bot not: learn how the web works
bot not: built a prototype

story: Result: shorter is a sentence with the pick
ann: start
ann: a REST API on Postgres for 3 devs, no admin panel
ann: just tell me
ann: shorter
bot: FastAPI
bot not: Runner-up
bot not: Because

story: Result: what is shared is the short form, by button and in words, and the open choices stay
ann: start
ann: a REST API on Postgres for 3 devs, no admin panel
ann: just tell me
ann presses: Share
bot: FastAPI
bot: your own words are not in it
bot not: Runner-up
ann: share it
bot: your own words are not in it
ann: 1
bot: lead

story: Explain: the lines add up to the lead
ann: start
ann: an online shop on Postgres for 9 developers, staff need an admin panel
ann: just tell me
ann: why?
bot: lead
bot: assumed for
bot offers: Why

story: What-if changes nothing until it is kept
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

story: What-if as a short follow-up
ann: start
ann: a content site with an admin panel
ann: just tell me
ann: and with Mongo?
bot: With *MongoDB*
bot offers: Discard
ann: what if the team knew flask
bot: With *knows Flask*

story: Does it change anything
ann: start
ann: an online shop on Postgres
ann: just tell me
ann: actually on MongoDB
ann: does that change your answer?
bot: stays

story: Second best, with one reason
ann: start
ann: a REST API on Postgres for 3 devs, no admin panel
ann: just tell me
ann: and second best?
bot: Second is

story: Compare two on the person's own answers
ann: start
ann: a REST API on Postgres for 3 devs, no admin panel
ann: just tell me
ann: compare with Django
bot: no admin panel
bot: Why FastAPI rather than Django
ann: Flask vs Django
bot: team of 3
bot: Why Flask rather than Django

story: Disagree: what speaks for it, what would have to be so, and recording it anyway
ann: start
ann: a REST API on Postgres for 3 devs, no admin panel
ann: just tell me
ann: no, Django is better
bot: What speaks for Django
bot: Django would come first if
bot: you needed an admin panel
bot offers: Record Django anyway
ann presses: Record Django anyway
bot: The team decided otherwise
bot: The interview would agree on Django if

story: Decision record, as a file
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

story: Keep going after the result
ann: start
ann: a prototype
ann: just tell me
ann: keep going
bot: ?
bot offers: Not sure

story: Which one, asked outright, is told
ann: an online shop with an admin on Postgres
ann: so which one would you pick?
bot: **Django

story: What it would take for another one to win
ann: an online shop with an admin on Postgres
ann: just tell me
ann: what would it take for fastapi to win?
bot: FastAPI would come first if

story: Why this one, by its name
ann: an online shop with an admin on Postgres
ann: just tell me
ann: why django?
bot: you need an admin panel

story: The record, asked for politely
ann: an online shop with an admin on Postgres
ann: just tell me
ann: can you show me the decision record please
bot: Use Django

story: May an answer be changed
ann: an online shop with an admin on Postgres
ann: just tell me
ann: can I change the database to mongo?
bot: MongoDB

story: The choice is made, whatever was advised
ann: help me decide: a community forum, 2 devs who know flask well, mariadb
ann: I think you're wrong, we'll go with flask anyway
bot: What speaks for Flask that I do not know yet?
bot offers: Record Flask anyway
ann: record that decision
bot: Use Flask for the social network

story: What speaks against it
ann: an online shop with an admin on Postgres, 2 devs
ann: just tell me
ann: what speaks against it?
bot: your team is small | -
ann: could you explain why not fastapi?
bot: Why Django rather than FastAPI
ann: write it up for my boss please
bot: Use Django for the online shop

story: What nobody asked for is not answered with the result
ann: an online shop with an admin on Postgres, 2 devs
ann: just tell me
ann: what does ben want?
bot: I did not understand that
bot not: Runner-up
ann: what would you pick for us then?
bot: Runner-up

story: The choice is the one advised
ann: an online shop with an admin on Postgres, 2 devs
ann: sounds good, django it is
bot: Then we agree: Django
