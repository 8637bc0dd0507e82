# What is kept, and what people think of the answers.

story: Useful
ann: does flask have an orm?
ann presses: Useful
bot: noted

story: Not useful asks what was wrong
ann: does flask have an orm?
ann presses: Not useful
bot: What was wrong with it?
bot offers: It is outdated
ann presses: It is outdated
bot: people who maintain the knowledge

story: What is stored
ann: does flask have an orm?
ann: what do you store about me?
bot: What I keep about you
bot: messages
bot offers: Forget me

story: Forget me, and it does
ann: does flask have an orm?
ann: forget me
bot: for good
ann presses: Forget me
bot: erased
ann: and fastapi?
bot not: FastAPI ships no ORM

story: Not without being asked twice
ann: does flask have an orm?
ann: forget me
ann: same for fastapi
bot: FastAPI ships no ORM

story: Forgetting in the middle of the interview
ann: help me choose
ann: forget me
bot offers: Forget me
ann: forget me
bot: erased

story: Forgotten after a plain yes
ann: forget me
bot: Are you sure?
ann: yes
bot: erased
