# Words of the trade.

story: A term, and what it is in each framework
ann: what is csrf?
bot is: definition
bot: CSRF.
bot: cross-site request forgery
bot: Django has CSRF protection on by default
bot: Flask-WTF

story: A term asked in other words
ann: what does orm mean
bot is: definition
bot: Python objects

story: A word of one framework
ann: what is a blueprint
bot: Flask's group of routes
bot: APIRouter

story: In another framework's terms
ann: what is a blueprint in django terms
bot: Django's counterpart is the app

story: Two terms side by side
ann: wsgi vs asgi
bot: WSGI
bot: ASGI
