# How people type, and what platforms do to messages.

story: Misspelt names and words
ann: djnago or flaks for athentication?
bot is: compare
bot: Django, if you want accounts out of the box

story: Misspelt question
ann: dose flask hav an orm
bot: No. Flask ships no ORM

story: Upper case
ann: DJANGO OR FLASK FOR AUTH?
bot: Django, if you want accounts out of the box

story: Spaces and line breaks
ann:    django    or   flask\n for   auth  ?
bot: Django, if you want accounts out of the box

story: Shortened words
ann: whats the diff btw django n flask
bot is: compare
bot: Both are mature

story: Politeness around it
ann: hi there, could you please tell me whether flask has an orm? thanks a lot
bot: No. Flask ships no ORM

story: An edited question is answered anew
ann: django or flask for auth?
bot: Sign-up page
ann edits: django or flask for testing?
bot: Test client
bot not: Sign-up page

story: An edited follow-up goes from where the talk stood
ann: django or flask for auth?
ann: and fastapi?
ann edits: and testing?
bot: | Django | Flask |
bot: Test client

story: Delivered twice, answered once
ann: does flask have an orm?
bot: No.
again
bot is: duplicate

story: The same words later are a new question
ann: does flask have an orm?
ann: does flask have an orm?
bot is: fact
bot: No.

story: A restart in between loses nothing
ann: django or flask for auth?
restart
ann: and fastapi?
bot: | Django | Flask | FastAPI |
restart
again
bot is: duplicate

story: A button pressed after a restart
ann: django or flask for auth?
restart
ann presses: And FastAPI?
bot: | Django | Flask | FastAPI |

story: A slip in the name of what follows
ann: which is faster, django or fastapi?
ann: and what about flaks?
bot: FastAPI, then Flask, then Django
