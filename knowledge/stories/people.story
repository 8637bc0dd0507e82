# Threads and channels with several people.

story: In a channel it answers whoever speaks to it, and nobody else
place: channel
ann (aside): anyone up for lunch?
bot is: silent
ann: django or flask for auth?
bot is: compare
ben (aside): I like pizza
bot is: silent

story: In a thread it follows one person without a new mention
place: thread
ann: django or flask for auth?
ann (aside): and fastapi?
bot: | Django | Flask | FastAPI |

story: What makes no sense to it is not for it
place: thread
ann: django or flask for auth?
ann (aside): hm, brb
bot is: silent

story: When people talk with each other it says once that it goes quiet
place: thread
ann: django or flask for auth?
ben (aside): I would take django
bot: I go quiet
ann (aside): and fastapi?
bot is: silent
ben (aside): what about testing?
bot is: silent

story: A mention brings it back
place: thread
ann: django or flask for auth?
ben (aside): I would take django
ann (aside): sure?
bot is: silent
ben: and fastapi?
bot: | Django | Flask | FastAPI |
ben (aside): which is faster?
bot is: compare

story: A button is for it, whoever talks
place: thread
ann: django or flask for auth?
ben (aside): I would take django
ann presses: compare:django+flask+fastapi:auth
bot: | Django | Flask | FastAPI |

story: Asked to be quiet
place: thread
ann: django or flask for auth?
ann: be quiet
bot: keep quiet
ann (aside): and fastapi?
bot is: silent
ann: and fastapi?
bot: | Django | Flask | FastAPI |

story: Never heard before, never answered
place: thread
ann (aside): django or flask?
bot is: silent

story: It says only once that it goes quiet
place: thread
ann: django or flask for auth?
ben (aside): I would take django
bot: I go quiet
ben: and fastapi?
ann (aside): hm, we know django
bot is: silent
bot not: I go quiet

story: Thanked by somebody else it stays, without a word
place: thread
ann: django or flask for auth?
ben (aside): thanks bot
bot is: silent
bot not: I go quiet
ann (aside): and fastapi?
bot: | Django | Flask | FastAPI |
ben: thanks bot
bot is: smalltalk
