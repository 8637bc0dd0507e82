story: Yes and no only to what is asked of the framework
ann: does flask validate a json payload
bot not: Yes.
bot: does not validate
ann: does django hash passwords
bot not: No.

story: Debug mode is not harmless because a claim says no to it
ann: is it dangerous to leave debug=True in flask
bot not: No.

story: What answers goes before what a thing is
ann: what should stand in front of gunicorn, is nginx necessary with django
bot: belongs in front
ann: what is a migration in django
bot is: definition
bot: **Migration.**
ann: celery vs BackgroundTasks in fastapi
bot: small things with

story: A package by the name another framework's has
ann: which debug toolbar is there for flask
bot: Flask-DebugToolbar
ann: debug toolbar for django
bot: **Django Debug Toolbar**

story: Words that are two when written out
ann: is the dev server of flask fit for production
bot: not for production
ann: what does django ship with
bot not: deploy
