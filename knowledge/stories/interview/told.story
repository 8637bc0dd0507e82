# What a message means beside what was told before.

story: Also and too add, and replace nothing
ann: start
ann: an online shop
ann: it should also have a mobile app
bot: small REST API
bot notes: app_type = ecommerce
bot notes: api = side

story: Pages beside an API
ann: start
ann: a REST API
ann: it needs web pages too
bot: server-rendered HTML pages
bot notes: app_type = api_backend
bot notes: pages = many

story: Not only an API
ann: start
ann: a REST API
ann: no wait it also needs web pages, not only an api
bot notes: app_type = api_backend
bot notes: pages = many

story: A second store beside the first
ann: start
ann: a REST API on Postgres
ann: also mongo
bot: PostgreSQL → PostgreSQL and MongoDB
bot notes: database = relational_simple+nosql

story: Why a framework is a question, whatever is open
ann: start
ann presses: Online shop
ann presses: None of these
ann: why fastapi
bot not: knows FastAPI
bot not: Noted

story: What somebody does not know is explained, not noted
ann: start
ann presses: Online shop
ann: I don't know what websockets are
bot not: Noted
bot: Back to:
bot asks: checklist
ann: no idea what an ORM is
bot: object-relational mapper
bot asks: checklist

story: Not knowing whether it is needed leaves it open
ann: start
ann presses: Online shop
bot asks: checklist
ann: don't know if we need an admin panel
bot: I leave that open (Admin panel)
bot asks: checklist
ann: skip
bot asks: database

story: The second thought of a message holds
ann: start
ann: an online shop
ann: no admin needed... hmm actually yes, we need it
bot: Noted: admin panel
bot notes: admin = must

story: A number with "maybe" is a number
ann: start
ann: 1000 req per second maybe
bot: 1,000 requests a second
bot asks: app_type

story: Few users are users
ann: start
ann: an online shop
ann: not many users, maybe 50
bot: 50 users
bot not: no user accounts
bot notes: traffic = normal

story: How long, said while another question is open
ann: start
ann presses: Online shop
ann: around 2 months I think
bot: first release in 2 months
bot asks: checklist
ann: no, 3 weeks
bot: first release in 3 weeks
bot notes: deadline = weeks

story: A plain no to a part is noted at once
ann: start
ann: a REST API for 6 devs
ann: skip
bot asks: api_docs
ann: no admin
bot: Noted: no admin panel
bot not: Did you mean

story: A wish no question weighs is heard
ann: start
ann presses: Online shop
ann: I'd rather have something easy
bot not: did not get that
bot asks: checklist
ann: money is tight so cheap hosting
bot not: debugger
bot asks: checklist

story: Like something everybody knows
ann: start
ann: it's like airbnb but for boats
bot notes: app_type = full_web_app

story: Numbers of a project, and numbers that say nothing of it
ann: start
ann: an online shop, we have 50 orders a week
bot not: first release
ann: me + 2 devs, it has to be live next week
bot: team of 3
bot: first release in a week
ann: sorry, devs: 5
bot: team of 5

story: Load is no wish for speed
ann: start
ann: a REST API
ann: we expect like 200 requests per second
bot: 200 requests a second
bot not: API throughput
ann: 10k messages per second
bot: 200 requests a second → 10,000 requests a second

story: A small agency with a large project
ann: start
ann: we're a small agency and build a booking platform with a back office for the studio
bot: admin panel
bot not: small scope
bot notes: app_type = full_web_app

story: Some endpoints beside the pages
ann: start
ann: a b2b crm
ann: mostly server rendered, some json endpoints
bot notes: app_type = internal_tool
bot notes: api = side

story: From another language
ann: start
ann: a REST API
ann: we don't have any python experience, we're java people
bot: no framework known yet

story: Code there is already
ann: start
ann: we already have a flask app, 60k lines, and build a b2b crm
bot: existing Flask code

story: Forgotten, and said anew at once
ann: start
ann: an online shop for 20 developers
ann: hmm forget the 20, that's the whole company. Devs: 3
bot: team of 20 → team of 3

story: A crowd is not the team
ann: start
ann: team: 4, a booking system
ann: we'd have maybe 600 members
bot: 600 users
bot not: team of 600
bot notes: team = solo_or_small

story: One instead of the other
ann: start
ann: an online shop on SQL Server
ann: what if we use postgres instead of sql server
bot: With *PostgreSQL*

story: Why not another one, while a question is open
ann: start
ann: a REST API, 3 devs
ann: why not django?
bot: Why FastAPI rather than Django
bot: Back to:
bot asks: checklist
bot not: Decision record
ann: and why fastapi
bot: Why FastAPI rather than
bot asks: checklist
