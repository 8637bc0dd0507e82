# Yes or no, who, when, how many: the answer first, with its date.

story: No comes first
ann: does flask have an orm?
bot is: fact
bot: No. Flask ships no ORM
bot: Flask-SQLAlchemy
bot cites: flask-docs-design

story: Yes comes first
ann: does django have an admin panel?
bot: Yes. Django generates an admin panel

story: Not out of the box
ann: does flask come with csrf protection?
bot: Not out of the box.
bot: Flask-WTF

story: Partly
ann: is flask async?
bot: Partly.
bot: worker

story: In the other order of words
ann: is there an ORM in fastapi?
bot: No. FastAPI ships no ORM

story: Who
ann: who created flask?
bot: Armin Ronacher

story: When
ann: when was fastapi released?
bot: 8 December 2018

story: A figure carries its date
ann: how many github stars does django have
bot: 74,941
bot: January 2024
bot: 88,000
bot: June 2026

story: The current version, with its day
ann: what is the latest version of django?
bot: 6.1.3
bot: November 2026

story: How much memory
ann: how much memory does a fastapi worker need
bot: 49 MB

story: Licence
ann: what license is fastapi under
bot: MIT

story: Who uses it
ann: which companies use django?
bot: Instagram

story: Is it dead
ann: is django dead?
bot: No. Django is not dead

story: A wrong premise is corrected
ann: since django has built-in registration pages, do i need allauth?
bot: Django has no ready sign-up view
bot: Correction.
bot: sayt.uz says

story: Nothing is bundled
ann: is the mysql bundled with django better than postgres?
bot: No database server is bundled with Django

story: What the articles say wrong is set right
ann: can flask render dynamic html?
bot: Yes.
bot: Jinja

story: A yes or no of just this framework goes first
ann: does fastapi come with an orm
bot: **No.** FastAPI ships no ORM

story: No yes where nothing known says so
ann: is go faster than fastapi
bot not: **Yes.**

story: What speaks against it, and nothing else
ann: what's the catch with fastapi
bot: FastAPI has no ORM, migrations, accounts
bot not: first choice

story: Who, asked of the people and not of the state
ann: who maintains fastapi now
bot: run by its author

story: A few words are enough
ann: form validation flask
bot: Flask-WTF

story: Short words are found as they are meant
ann: can i hide the docs in production in fastapi
bot: docs_url=None

story: How many is answered with a number
ann: how many threads does fastapi use for sync endpoints
bot: 40 threads

story: Mistakes, and why teams leave
ann: common mistakes in django projects
bot: Typical mistakes with Django
ann: why do people leave flask
bot: Teams leave Flask

story: Part of a framework
ann: explain blueprints
bot: Flask's group of routes
bot is: definition

story: The last release is the framework's own current one
ann: when was flask's last release?
bot: The current Flask is 3.1.3
ann: and the one for django?
bot: The current Django is 6.1.3

story: When a version runs out
ann: when does flask 3.1 run out?
bot: no written support window
ann: when does django 5.2 run out?
bot: 5.2 LTS gets them until April 2028
ann: and for fastapi?
bot: FastAPI has no LTS and no support window
ann: when is the next django LTS?
bot: 6.2 is the next, expected in April 2027

story: One without the other is not the other without the one
ann: can I use the django admin without the rest of django?
bot: No.
bot: does not come apart from Django
ann: can I use django without the admin panel?
bot: Yes.
bot: Django's admin is optional
ann: can I use the django orm outside of a django project?
bot: Partly.
bot: plain script
ann: can I use django without the orm?
bot: Partly.
bot: Django runs without a database

story: A tag asks for no weaknesses
ann: compare flask and fastapi for apis
ann: django would be fine too, no?
bot: Django with DRF or django-ninja
bot not: steeper learning curve
