# Examples of our own, in every framework.

story: A task in one framework
ann: show me a login page in flask
bot is: code_example
bot: login_required
bot not: from django
bot offers: In Django

story: The same in another
ann: show me a login page in flask
ann presses: In Django
bot is: code_example
bot not: from flask

story: Hello in all three
ann: show me hello world in all three
bot: from django.http import HttpResponse
bot: from flask import Flask
bot: from fastapi import FastAPI

story: Code of what was spoken about
ann: django or fastapi for testing?
ann presses: Show code
bot is: code_example
bot: TestClient
bot: from django.test

story: An example by its task
ann: example of a background job in django
bot is: code_example
bot not: from flask
