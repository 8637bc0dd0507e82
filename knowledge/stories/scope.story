story: What "my" is said of can be a plain question all the same
ann: how should we organise our flask project
bot is: describe
bot: blueprint

story: A claim that settles it is told, though it sounds like work on one's own code
ann: how can I throttle requests to my fastapi routes
bot: no rate limiting

story: Trouble with one's own code stays with the debugger
ann: why is my django form not saving the upload
bot is: how_to_out_of_scope

story: Whether it runs on a platform is no question of prices
ann: can you host django on railway
bot: all common platforms

story: Work on a project is not done, whoever says please
ann: please rewrite our settings module for django 6
bot is: how_to_out_of_scope
bot: change, run and write nothing
ann: could you migrate this flask app to fastapi
bot: change, run and write nothing

story: Who in the team knows something is the team's to know
ann: who on our backend team has used django before
bot is: how_to_out_of_scope
bot: only what you tell me here

story: How do you do something is a question, how do you do is a greeting
ann: how do you do background jobs in django
bot: Celery
ann: how do you do?
bot is: smalltalk

story: What is said off the subject is offered no topic by chance
ann: the printer on the second floor eats paper again
bot is: off_topic
bot not: Hiring

story: The framework and the topic are known, the thing asked for is not
ann: what is the mascot of flask
bot: That I do not know
ann: what is the average revenue of companies on django
bot: That I do not know
ann: how much do the pallets maintainers earn with flask
bot: That I do not know

story: Who is not known to use it, and what is known instead
ann: does Heineken use django
bot: That I do not know: no claim of mine speaks of “Heineken”
bot: Instagram
ann: does pinterest run on django
bot not: I do not know

story: Who left is not who uses it
ann: which companies moved away from flask
bot: That I do not know

story: A version of which nothing is known
ann: what is in django 9.1
bot: no claim of mine speaks of “django 9.1”
ann: is django 5.2 an lts release
bot not: I do not know

story: A figure of the framework is not the package's
ann: how many stars does flask-wtf have
bot: That I do not know

story: A whole application is not written here
ann: build me a complete shop in django please
bot is: how_to_out_of_scope
bot: write nothing
ann: write us a dashboard in flask
bot is: how_to_out_of_scope

story: How the team's own site fares, nobody told the bot
ann: is our flask site down?
bot is: how_to_out_of_scope
bot: your projects
bot not: Yes.

story: A package nobody here has heard of
ann: is django-frobnicator maintained?
bot: That I do not know
bot: django-frobnicator
ann: is flask-login maintained?
bot: Flask-Login
bot not: do not know

story: Which framework a company uses
ann: which framework does Zalando use?
bot: do not know
bot: Zalando
bot not: What are you building

story: What is wrong goes to those who can mend it
ann: does flask have an orm?
ann: that's wrong
bot: Not useful

story: A package asked for behind the project
ann: we need translations in a flask app, what's the usual package?
bot not: What are you building
bot: Babel

story: A claim on just what is asked goes before the topic's example
ann: how do I add prometheus metrics to fastapi
bot: prometheus-fastapi-instrumentator

story: A chore is declined with what is known of the matter
ann: my fastapi endpoint blocks everything when i call requests.get in an async def, why
bot: I cannot see your code
bot: if a library blocks

story: A setting nobody knows
ann: does django support the FOOBAR_TURBO_MODE setting
bot: no claim of mine speaks of “FOOBAR_TURBO_MODE”
