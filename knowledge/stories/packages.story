# What one takes for what, and whether it is alive.

story: For a purpose
ann: which package for login in flask
bot is: extension_lookup
bot: Flask-Login
bot: Flask-Security
bot: checked

story: For another framework's purpose
ann: which admin package for fastapi
bot: SQLAdmin
bot: Starlette-Admin

story: Is it still maintained
ann: is flask-login still maintained?
bot: 0.6.3
bot: checked

story: What came after a dead one
ann: what replaces flask-script
bot: Click
bot not: Maintained

story: Named by itself
ann: what is whitenoise
bot: WhiteNoise
bot: static files

story: Anything but the one that is named
ann: flask-caching alternatives
bot is: extension_lookup
bot not: - **Flask-Caching**

story: What settles a question for a package goes first
ann: ldap authentication for django
bot: django-auth-ldap

story: Whether a package is kept up
ann: is flask-sqlalchemy abandoned?
bot is: extension_lookup
bot not: **No.**

story: Kept up or not, by yes or no
ann: is drf still maintained?
bot: Yes.
bot: feature-complete
ann: is celery dead?
bot: No.
bot: Celery
ann: is tastypie abandoned?
bot: Partly.
bot: Take Django REST framework instead

story: What it supports is another question than whether it is kept up
ann: does fastapi still support pydantic v1
bot: dropped v1
bot not: Yes.

story: The package first, what only adds to it after it
ann: is celery still the best option for django
bot: workflows
ann: which extension adds sqlalchemy to flask
bot: Flask-SQLAlchemy
