# How one person wants to be answered: said once, kept, and shown or reset at any time.

story: Short answers, kept over a restart
ann: keep answers short from now on
bot is: control
bot: keep my answers to you short
restart
ann: what are my preferences
bot: kept short
bot: where you ask, for all to see
bot offers: Long answers please
bot offers: Reset my preferences

story: Long again
ann: Short answers, please!
bot: keep my answers to you short
ann: long answers please
bot: in full length again
ann: what are my preferences?
bot: in full length
bot not: kept short

story: By button
ann: my preferences
bot: in full length
ann presses: Keep answers short
bot: keep my answers to you short
ann: my preferences
bot: kept short
ann presses: Reset my preferences
bot: like everybody else again
ann: my preferences
bot not: kept short

story: Private and back
place: channel
ann: answer me privately
bot: only you see my answers
ann: what are my preferences
bot: for you alone
ann: answer in the channel
bot: for all to see
ann: what are my preferences
bot not: for you alone

story: One person's wish is not another's
place: thread
ann: keep your answers short
bob: what are my preferences
bot: in full length

story: A short answer to one question is no preference
ann: django or flask for auth?
ann: keep it short
bot not: From now on
ann: what are my preferences
bot: in full length

story: Asked during the interview, the question stays open
ann: help me choose
bot asks: app_type
ann: keep answers short from now on
bot: keep my answers to you short
bot asks: app_type

story: Forgotten with the rest
ann: answer me privately from now on
ann: forget me
ann: forget me
ann: what are my preferences
bot not: for you alone
