# Which one for what: the general answer first, then the interview.

story: A kind of project between two
ann: we're building an online shop, django or flask?
bot is: recommend
bot: Django, unless the shop already runs elsewhere
bot offers: Online shop

story: Learning
ann: should i learn django or flask first?
bot is: recommend
bot: Flask is easier to start, Django easier to finish with

story: Good for beginners
ann: is flask good for beginners?
bot: Yes.
bot: Sources disagree.

story: Described in one breath, and a recommendation
ann: we are 3 developers, REST API on Postgres, no admin
bot: team of 3
bot: REST API
bot: PostgreSQL
ann: just tell me
bot is: recommend
bot: FastAPI
bot picks: fastapi

story: A question in the middle, then the same question again
ann: help me choose
bot asks: app_type
ann: does flask have an orm?
bot: No. Flask ships no ORM
bot: Back to:
bot asks: app_type

story: Drawbacks are named on request
ann: what are the drawbacks of django?
bot: learning curve
bot not: Choose Django
