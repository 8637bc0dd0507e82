# What was said before completes what is said now.

story: Another topic for the same two
ann: django or flask for auth?
ann: and what about testing?
bot is: compare
bot: | Django | Flask |
bot: Test client
bot not: Sign-up page

story: The same for one more
ann: django or flask for auth?
ann: and fastapi?
bot: | Django | Flask | FastAPI |
bot: Sign-up page

story: Same for
ann: does flask have an orm?
ann: same for fastapi
bot: FastAPI ships no ORM
bot not: Flask ships no ORM

story: Which is faster, after a comparison
ann: django or flask for auth?
ann: which is faster?
bot: too little to choose by
bot: | Django | Flask |
bot not: Sign-up page

story: A topic alone is asked of the framework spoken of
ann: tell me about flask
ann: and testing?
bot: test_client()
bot not: TestCase

story: A follow-up is about what was asked, not about what the answer touched
ann: flask vs django performance
ann: more
ann: and fastapi?
bot: JSON hello world
bot not: Cache framework

story: It, with something to refer to
ann: tell me about flask
ann: does it have an orm?
bot: No.
bot: Flask ships no ORM

story: It, with nothing to refer to, is asked back
ann: what about it?
bot: not sure what that refers to
bot offers: Django
bot offers: Compare them all

story: A new question leaves the old one alone
ann: django or flask for auth?
ann: who created fastapi?
bot: Sebastián Ramírez
bot not: Django ships

story: A number presses the button
ann: django or flask for auth?
ann: 1
bot is: compare
bot not: Django, if you want accounts out of the box

story: The words of a button press it
ann: django or flask for auth?
ann: show code
bot is: code_example

story: Shorter is one statement
ann: compare all three for databases
ann: shorter
bot not: | ORM |
bot cites: django-docs-databases

story: More until there is no more of the same
ann: django or flask for auth?
ann: more
bot is: compare
bot not: Flask gives you a signed cookie session and nothing more
ann: more
bot not: Flask gives you a signed cookie session and nothing more

story: A package and an example for what was just spoken of
you: can django do websockets?
bot: Channels
you: which package for that?
bot: Django Channels
you: give me an example
bot: AsyncWebsocketConsumer
you: and in fastapi?
bot: WebSocket

story: I meant the other one
you: django or flask for auth?
bot: Django
you: I meant fastapi
bot: FastAPI
bot not: Flask-Login

story: A question of its own does not go on with the last one
you: which has better docs, django or flask?
bot: documentation
you: so what's the downside of django
bot: Django
bot not: quickstart

story: "That one" is the first package of the answer before
ann: which admin package for fastapi?
bot is: extension_lookup
ann: is that one maintained?
bot is: extension_lookup
bot: SQLAdmin
bot: Maintained

story: Which one, in a talk of one framework, asks about all
ann: how do I test flask apps?
ann: which one is faster to set up?
bot: Django
bot: FastAPI

story: A question between questions, without a framework
ann: compare django and fastapi on performance
ann: which is better for a beginner
bot: | Django | FastAPI |
bot: quicker to a working API

story: "It" and another one, side by side
ann: does fastapi have an admin?
ann: is it faster than flask?
bot is: compare
bot: | FastAPI | Flask |

story: Does the same go for another one
ann: does flask have an orm?
ann: does the same go for fastapi?
bot: FastAPI ships no ORM

story: Why, after an answer: more of what it rests on, no inner workings
ann: which of the three is the fastest?
ann: why?
bot not: How I understood it

story: Shorter, asked for politely
ann: django or flask for auth?
ann: can you make it shorter?
bot not: | Django | Flask |

story: One, where it was just spoken of
ann: what is an ORM?
ann: and does flask ship one?
bot: Flask ships no ORM
bot not: simple to deploy
ann: does django have an orm?
ann: what about flask, does it have one?
bot: Flask ships no ORM

story: What speaks for and against what was just spoken of
ann: tell me about flask
ann: pros?
bot: Flask is simple and lightweight
bot not: What are you building?
ann: what are its weaknesses?
bot: Flask leaves many decisions and much assembly to you
ann: vs django
bot is: compare
bot: | Flask | Django |

story: One joins the comparison, one leaves it, one is asked about alone
ann: django or flask for auth?
ann: what about adding fastapi to the comparison?
bot: | Django | Flask | FastAPI |
bot: Sign-up page
ann: and leaving out flask?
bot: | Django | FastAPI |
bot: Sign-up page
ann: so just tell me about fastapi then
bot: FastAPI ships security tools
bot not: | Django |
ann: compare it with flask
bot: | FastAPI | Flask |

story: Which of those packages, the first, and one for another framework
ann: what are the best admin packages for flask?
ann: which of those is still maintained?
bot: Flask-Admin
bot: Flask-AppBuilder
bot: Flask-Peewee
ann: show me the first one
bot: Flask-Admin or Flask-AppBuilder
ann: and one for fastapi?
bot: SQLAdmin

story: Doubts are answered with the sources
ann: is fastapi faster than django?
ann: who measured that?
bot: The last answer rests on
ann: are you sure?
bot: The last answer rests on

story: For a beginner
ann: what is asgi?
ann: explain like I'm new
bot: ASGI
bot not: did not understand

story: Which of the packages shown, in the singular
ann: what are good task queues for django?
ann: which one is the lightest?
bot: Celery
bot: RQ

story: In another one, I mean
ann: how do I test in flask?
ann: in django I mean
bot: TestCase
bot not: full-featured

story: "It" is the package that was just spoken of, also where a framework is named
ann: is celery any good?
bot: Celery runs background and scheduled jobs
ann: does it work with flask?
bot: Yes.
bot: no extension is needed
bot not: micro framework
ann: example
bot is: code_example
bot: from celery import
ann: alternatives?
bot: RQ
bot not: **Celery**:

story: Others for the same, and the counterpart in another framework
ann: which admin package for flask?
ann: is it maintained?
bot: Yes.
ann: alternatives?
bot: Flask-AppBuilder
bot not: **Flask-Admin**:
ann: and for fastapi?
bot: SQLAdmin
bot not: 104 releases
ann: why does django have that built in?
bot: Django generates an admin panel from your models

story: A package beside another one and beside a framework, and the first of them
ann: tell me about django rest framework
ann: vs ninja
bot: Django REST framework (DRF) is the standard toolkit
bot: django-ninja builds APIs in Django
ann: vs fastapi
bot is: compare
bot: DRF
bot not: | Flask |
ann: pros and cons of the first
bot is: extension_lookup
bot: **Django REST framework**
bot not: **django-ninja**
ann: show me the ninja one
bot: I have no example with django-ninja
ann: is it async?
bot: Yes.
bot: run them under an ASGI server

story: Which of the two packages
ann: rq or celery for flask?
ann: which one is easier?
bot: **RQ**
bot: **Celery**
bot not: Taskiq

story: A counterpart of what was just spoken of
ann: what is pydantic?
ann: does django have something like that?
bot is: extension_lookup
bot: Django REST framework
bot not: auth system

story: A package alone is asked about
ann: tell me about sqlalchemy
bot is: extension_lookup
bot: SQLAlchemy is the general Python toolkit
ann: can I use it with django?
bot is: extension_lookup
bot: SQLAlchemy

story: "It" is the term that was just explained
ann: what's wsgi?
ann: does django still use that?
bot: Yes.
bot: the docs cover gunicorn
bot not: contributors
ann: what's csrf?
ann: does an api need it?
bot: an API that reads a bearer token from a header does not need one
ann: what is dependency injection?
ann: does flask have that?
bot: No.
ann: and django?
bot: Django has no dependency injection

story: Going from one to the other
ann: can you migrate from flask to fastapi?
ann: how long would that take?
bot: Flask to FastAPI days per service
bot not: LTS
ann: is it worth it?
bot: An existing app that works is seldom worth moving
bot not: SQLAdmin
ann: what would we lose?
bot: The case for Flask
bot not: What are you building
ann: can both run side by side?
bot: Yes.
bot: a2wsgi

story: What would be gained, and going elsewhere instead
ann: should we switch from django to fastapi?
ann: and what would we gain?
bot: The case for FastAPI
ann: should we switch to fastapi from django?
ann: what about going to flask instead?
bot: From Django to Flask one moves rarely

story: Lost in a move, asked at once
ann: what would we lose by moving from flask to fastapi?
bot: The case for Flask

story: The same weakness in another one
ann: what are flask's weaknesses?
ann: does that apply to fastapi too?
bot: FastAPI has no ORM
bot not: first choice for a new API-only service

story: Thanks, and a question
ann: tell me about flask
ann: thanks. and how do I deploy it
bot: Flask is simple to deploy
bot not: welcome
ann: thank you but does it have an orm
bot: Flask ships no ORM
ann: thanks!
bot is: smalltalk

story: Asked once more, in full
ann: does an api need csrf protection?
ann: no I mean does a rest api need csrf protection
bot: A CSRF token is needed where the browser sends credentials by itself
bot not: What will it need
ann: I asked whether flask has an orm
bot: Flask ships no ORM

story: Shorter keeps every side of a comparison
ann: compare the three on async
ann: shorter please
bot: Django is partly async
bot: FastAPI
bot: Flask
bot not: | Async

story: What an answer rests on
ann: is flask easy to learn?
ann: what do you base that on?
bot: The last answer rests on
ann: is that still true?
bot: The last answer rests on
ann: where did you get that from?
bot: The last answer rests on

story: Not what was asked
ann: does flask have an orm?
ann: hm that's not what I asked
bot: Then I took it wrongly
bot offers: Databases and ORM

story: How that looks in code
ann: does fastapi have an orm?
ann: show me how that looks in code
bot is: code_example
bot: from sqlmodel import
ann: and the same in django
bot: from django.db import models

story: Code was shown, and something else is asked
ann: show me a test in flask
bot is: code_example
ann: is it fast?
bot not: def test_
ann: which server should I use?
bot: Flask
bot not: `startproject`

story: Numbers of what was compared
ann: which of the three is the fastest?
ann: got numbers?
bot is: compare
bot not: GitHub stars

story: One of those that were compared, by its place
ann: compare django and fastapi
ann: pros and cons of the first
bot: Batteries included
bot: steeper learning curve
bot not: | FastAPI |
ann: django or flask for auth?
ann: what about the second one?
bot: Flask gives you a signed cookie session
ann: and the first?
bot: Django ships a complete auth system
ann: when was its last release?
bot: The current Django is 6.1.3

story: Both packages, and the second of them
ann: gunicorn or uvicorn?
ann: which of them works with fastapi?
bot: **Gunicorn**
bot: **Uvicorn**
ann: show me the second one
bot: **Uvicorn**
bot not: standard WSGI server
ann: when was its last release?
bot: 0.54.0
bot not: The current Django
