story: Moving from one to the other is no comparison of the topic
ann: what changes when we switch from flask to fastapi
bot is: compare
bot: From Flask to FastAPI
bot not: Yes.
ann: is it worth moving our api from django to fastapi?
bot: From Django to FastAPI
bot not: Yes.

story: Both at once
ann: django and fastapi within one project, in the same app
bot is: compare
bot: used together
ann: can we use django models in fastapi
bot: Using Django's ORM inside FastAPI

story: A term among many features is told for each, without a verdict on all of them
ann: signals in flask and django
bot: **Flask**: Through Blinker
bot: **Django**: Built in
bot not: ships far more

story: Why one is as it is
ann: why is fastapi quicker than flask?
bot: server

story: One figure of both, however it is wrapped up
ann: The people who run our servers want to know who needs more memory, a fastapi worker or a flask worker
bot: Memory of one worker

story: A package set against a framework
ann: fastapi or drf when it is all json
bot: FastAPI or DRF
