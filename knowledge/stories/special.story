# Longer forms, and questions about the answer itself.

story: The case for one, and one point against it
ann: make the case for flask
bot: The case for Flask:
bot: full control
bot: strongest point against it
bot offers: The case for Django

story: The case for the other, by button
ann: make the case for flask
ann presses: The case for Django
bot: The case for Django:
bot not: The case for Flask:

story: One explained in the words of the other
ann: i know django, explain fastapi
bot: FastAPI, if you know Django
bot: | A route | path() in urls.py
bot: APIRouter

story: What changed
ann: what changed since 2024?
bot: Django, since 2024:
bot: Flask, since 2024:
bot: What has aged in the articles:
bot: 6.1

story: What changed for one of them
ann: what changed since 2024 for flask
bot: Flask, since 2024:
bot not: Django, since 2024:
bot: 3.1.3

story: Sources of the last answer
ann: does flask have an orm?
ann: sources
bot: The last answer rests on:
bot: Design decisions in Flask
bot cites: flask-docs-design

story: Sources in general
ann: sources
bot: Django vs Flask
bot: Procter

story: Why this answer
ann: django or flask for auth?
ann: why this answer
bot: How I understood it:
bot: auth
bot: claims shown

story: Why, with nothing said yet
ann: why?
bot is: smalltalk
bot: Why what?

story: Help says what it knows
ann: help
bot is: control
bot: Django, FastAPI and Flask
bot: 40 topics
bot offers: Compare them all
