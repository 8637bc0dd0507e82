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
