# Comparisons: verdict first, a table, sources with dates, what to ask next.

story: Two frameworks on one topic
ann: django or flask for auth?
bot is: compare
bot: Django, if you want accounts out of the box
bot: Users, groups, permissions
bot: django-allauth
bot: Correction.
bot cites: testdriven-2024
bot offers: Show code
bot offers: And FastAPI?

story: The third joins by its button
ann: django or flask for auth?
ann presses: And FastAPI?
bot is: compare
bot: | Django | Flask | FastAPI |
bot: tools built in

story: Which is faster is answered with figures and without drama
ann: flask vs django performance
bot: too little to choose by
bot: 0.74×
bot: Memory per worker
bot cites: measured-2026

story: A comparison asked the wrong way round gets no yes
ann: is django faster than flask?
bot: by about 0.1 ms
bot not: Yes.

story: All of them at once
ann: compare all
bot: Django for complete web applications
bot: | Django | FastAPI | Flask |
bot offers: Help me choose

story: All three on one topic
ann: compare all three for databases
bot: the only one of the three with its own ORM
bot: Migrations

story: Several topics in one question are all answered
ann: compare django, flask and fastapi for auth and testing
bot: Users, groups, permissions
bot: Test client

story: An open question between two
ann: django or fastapi?
bot: Django for complete web applications; FastAPI for API-only services
bot: First release

story: Where sources differ the answer says so and takes a side
ann: is flask faster than django?
bot: Sources disagree.
bot: negligible

story: The other side is not known, and that is said
ann: rails or django?
bot is: compare
bot: Rails
bot: Django is more explicit
bot offers: And FastAPI?

story: Packages are compared too
ann: django-allauth or dj-rest-auth?
bot: django-allauth
bot: dj-rest-auth
bot: checked

story: One aspect of a topic, not the topic's verdict
ann: which of the three uses the least memory
bot: Memory of one worker
bot not: on a hello world

story: For a kind of project, what is known of that comes first
ann: fastapi vs django for a machine learning api
bot is: compare
bot: most model APIs use it
bot: | FastAPI | Django |

story: What one has over the other
ann: what can flask do that fastapi can't?
bot: What Flask has and FastAPI lacks
ann: advantages of fastapi over flask
bot: What FastAPI has and Flask lacks

story: What they have in common
ann: what do django and flask have in common?
bot: In common

story: A package against a framework
ann: live dashboard: django channels or fastapi
bot: Channels or FastAPI

story: Without a name, in a word
ann: compare orm support
bot is: compare
bot: Django
ann: which one scales best
bot is: compare
