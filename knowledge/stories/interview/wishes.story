# What is asked of the interview in everyday words.

story: The result is asked for in many words
ann: start
ann: a blog
ann: tell me the result already
bot picks: django
ann: ok so what's the result
bot: I lean to **Django**
ann: just give me the answer now
bot: I lean to **Django**

story: The result is passed on, as a short form or as a record
ann: a blog for 2 people, what do you recommend?
ann: just tell me
ann: share this with the team
bot: That is the short form to pass on
ann: send me a summary to share with my boss
bot: That is the short form to pass on
ann: put that in a document for the board
bot: decision record

story: It's for the team: an answer, and no wish for a text
ann: start
ann: it's for the team
bot not: short form
bot asks: app_type

story: Who would rather not say leaves it open
ann: start
ann: rather not say
bot: I leave that open (Project)
ann: none of your business
bot: I leave that open (What it needs)
ann: that's private
bot: I leave that open (Admin panel)

story: Coming back after a while
ann: start
ann: a blog
ann: stop
ann: how long does flask take to learn
ann: ok continue where we left off
bot: Welcome back. So far: blog
ann: just tell me
ann: I'll think about it
bot: Your answers stay
ann: hi again, where were we?
bot: Welcome back. So far: blog
ann: k thx
bot not: I did not

story: Forgetting all that was told is asked back first
ann: start
ann: a blog
ann: forget everything I told you
bot: This erases

story: A label that was shown is explained
ann: start
ann: an online shop
ann: what does "found by search" mean
bot: **Found by search:** Sitemaps
bot asks: checklist
ann: what is meant by many forms?
bot: **Many forms:** HTML forms

story: Where a note comes from
ann: a blog with 4 devs, launch in 3 weeks. what do you recommend?
ann: just tell me
ann: where did you get "deadline within weeks" from? I never said that
bot: Noted: *first release in 3 weeks* (you said)
bot offers: Change First release
ann: what did you write for team
bot: Noted: *team of 4*
ann: how sure are you really?
bot: sure: so often
ann: what do you know about our project
bot: What I understood

story: Not what was asked
ann: does django have background jobs
ann: hm that's not what i asked
bot: Then I took it wrongly

story: Thanks, and a question after it
ann: does flask have background jobs
ann: thanks. and how do I deploy it
bot: deploy
bot not: You are welcome

story: A question with "no I mean" before it begins no interview
ann: no I mean does a rest api need csrf protection
bot: CSRF
bot not: What are you building

story: A short plea for advice with the people who build it begins one
ann: django shop with admin, 3 people, what do you recommend
bot notes: app_type = ecommerce
bot notes: team = solo_or_small

story: What would change it, and why it is said
ann: an online shop with admin, 2 devs
ann: just tell me
ann: what would change your mind
bot: No single change would turn it
bot: It would be
ann: why do you say that
bot: Why Django rather than
ann: and if the traffic is 10x
bot: With *heavy traffic*
