story: Why do you ask? The reason, and what each answer would do
ann: start
ann presses: Online shop
ann: why?
bot: one look at the list saves a question for each
bot: As it stands
bot asks: checklist

story: What does that mean? The words of the question
ann: start
ann presses: Online shop
ann: what does that mean?
bot: taken as not needed
bot asks: checklist
ann: skip
ann: what does that mean?
bot: Relational: PostgreSQL
bot asks: database

story: What does that mean? A term of the trade
ann: start
ann presses: Online shop
ann: what's an ORM?
bot: object-relational mapper
bot: Back to:
bot asks: checklist

story: Repeat: the question word for word
ann: start
ann presses: Online shop
ann: say that again
bot: What will it need? Choose all that apply.
bot asks: checklist

story: Digression, a comparison: answered, then the same question again
ann: start
ann presses: Online shop
bot asks: checklist
ann: is flask faster than django?
bot: Back to:
bot asks: checklist
bot notes: app_type = ecommerce

story: Help: what can be said to this question
ann: start
ann presses: Online shop
ann: help
bot: Admin panel · User accounts
bot: just tell me
bot: Back to:
bot asks: checklist

story: Help after the result
ann: start
ann: a prototype
ann: just tell me
ann: help
bot: second best
bot: decision record

story: Thanks and smalltalk: one line, then the question again
ann: start
ann presses: Online shop
ann: thanks
bot: Back to:
bot asks: checklist
ann: hi
bot: Back to:
bot asks: checklist

story: Annoyance is no wrong answer
ann: start
ann presses: Online shop
ann: this is stupid
bot: Just tell me
bot not: did not get
bot asks: checklist

story: Other language: says what it reads, and asks again
ann: start
ann presses: Online shop
ann: Ich verstehe das nicht
bot: I read English only
bot asks: checklist
bot offers: Admin panel

story: Other language: what can be read in it is taken
ann: start
ann: Wir bauen einen Shop mit Postgres
bot notes: app_type = ecommerce
bot notes: database = relational_simple

story: Cancel: asked back from three answers on, and resume after a restart
ann: start
ann: a booking system on Postgres for 4 people
ann: cancel
bot: Stop here?
ann: yes
bot: Resume
restart
ann: resume
bot: Welcome back
bot notes: database = relational_simple

story: Restart: asked for, and can be taken back
ann: start
ann: an online shop
ann: start over
bot: Start over and put your answers aside?
ann: yes
bot: Started over
ann: back
bot notes: app_type = ecommerce

story: Resume days later: so far, where it leans, and the open question
ann: start
ann: an online shop on Postgres
ann: bye
restart
ann: resume
bot: Welcome back. So far: PostgreSQL · online shop
bot: Leaning to
bot asks: checklist
bot offers: My answers
bot offers: New interview

story: Close: a good-bye is not asked back
ann: start
ann: a booking system on Postgres for 4 people with accounts
ann: bye
bot: Resume
bot not: Stop here?

story: Close after the result
ann: start
ann: a prototype
ann: just tell me
ann: done
bot: Your answers stay
bot not: What would decide it

story: Old buttons: of another interview, and of a question answered before
ann: start
ann presses: iv:99:a:app_type:ecommerce
bot: earlier question
bot asks: app_type
ann presses: Online shop
ann presses: iv:1:a:app_type:prototype
bot: online shop (e-commerce) → prototype
bot notes: app_type = prototype

story: Edited message: the answer is corrected
ann: start
ann: an online shop
bot notes: app_type = ecommerce
ann edits: a REST API
bot notes: app_type = api_backend

story: Privacy: what is kept, in the middle of the interview
ann: start
ann presses: Online shop
ann: what do you store?
bot: What I keep about you
bot: Of this interview: your answers (1 so far)
bot offers: Forget me
bot asks: checklist
ann: no admin
bot notes: admin = no
bot notes: app_type = ecommerce

story: "And auth" goes on with the question in between
ann: a B2B product with a public API
ann: what about performance?
ann: and auth
bot is: describe
bot: auth
bot not: Did you mean

story: "No, I mean" denies nothing
ann: a web app with an admin
ann: what about auth?
ann: no i mean for the api
bot not: no API
bot not: Noted

story: A word between people is no answer
place: thread
ann: help us choose for a shop
bot asks: checklist
ann (aside): sounds right
bot is: silent
ann (aside): accounts
bot notes: auth = accounts
