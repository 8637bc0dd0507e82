"""The page as people use it, in a real Chromium."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from adapters.web.render import render
from bot.knowledge.files import shipped
from bot.replies import Choice, Choices, Reply
from tests.support.browser import axe, chromium
from tests.support.process import Bot

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

Open = Callable[..., "Page"]
PHONE = {"width": 360, "height": 740}
pytestmark = pytest.mark.timeout(300)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def bot(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    with Bot(tmp_path_factory.mktemp("bot"), "--only", "web") as running:
        yield running


@pytest.fixture
def page_of(browser: Browser, bot: Bot) -> Iterator[Open]:
    """Opens the page in a browser that has never seen it. Whatever the page complains of fails the test."""
    contexts: list[Any] = []
    complaints: list[str] = []

    def opened(address: str = "", **settings: Any) -> Page:
        context = browser.new_context(**settings)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        page.goto(address or bot.address)
        page.wait_for_selector("#try button", state="attached")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def page(page_of: Open) -> Page:
    return page_of()


def ask(page: Page, text: str) -> None:
    """Type, press Enter, wait for the answer."""
    page.fill("#words", text)
    page.press("#words", "Enter")
    answered(page)


def answered(page: Page) -> None:
    page.wait_for_function(
        "() => !document.querySelector('.waiting') && document.querySelector('#log .message:last-child:not(.person)')"
    )


def last(page: Page) -> Any:
    return page.locator(".message.bot").last


def press(page: Page, label: str) -> None:
    count = page.locator("#log > li").count()
    last(page).get_by_role("button", name=label, exact=True).click()
    page.wait_for_function("count => document.querySelectorAll('#log > li').length > count", arg=count)
    answered(page)


# --- talking


def test_a_question_gets_a_table_sources_and_buttons(page: Page) -> None:
    ask(page, "django or flask for auth?")
    assert page.locator(".message.person .words").inner_text() == "django or flask for auth?"
    assert last(page).locator("table tbody tr").count() >= 3
    assert last(page).locator(".choices.next button").count() >= 2
    mark = last(page).locator(".cite a").first
    mark.click()
    source = last(page).locator(".sources li").first
    assert source.is_visible()
    assert source.locator("a").get_attribute("href").startswith("https://")
    assert source.locator("a").get_attribute("rel") == "noopener noreferrer"


def test_a_suggestion_is_asked_by_pressing_it(page: Page) -> None:
    page.locator("#try button").first.click()
    answered(page)
    assert last(page).locator(".parts").inner_text()
    assert page.locator("#welcome").is_hidden()


def test_a_follow_up_and_a_button_go_on_with_the_subject(page: Page) -> None:
    ask(page, "does flask have an orm?")
    ask(page, "and django?")
    assert "Django" in last(page).inner_text()
    ask(page, "django or flask for auth?")
    press(page, "Show code")
    assert last(page).locator("figure.code pre .c-k").count() > 0


def test_code_can_be_copied(page_of: Open) -> None:
    page = page_of(permissions=["clipboard-read", "clipboard-write"])
    ask(page, "show me hello world in flask")
    last(page).locator("figure .copy").first.click()
    page.wait_for_function("async () => (await navigator.clipboard.readText()).includes('Flask')")


def test_an_interview_to_its_result_and_the_record_as_a_file(page: Page) -> None:
    ask(page, "which framework should we take? 3 developers, REST API on Postgres, no admin")
    for _ in range(15):
        options = last(page).locator(".choices.question .choice:not([disabled])")
        if not options.count():
            break
        press(page, options.first.locator("span:last-child").inner_text())
    assert "ecause" in last(page).inner_text()
    press(page, "Decision record")
    with page.expect_download() as download:
        last(page).get_by_role("button", name="Download").click()
    assert download.value.suggested_filename.endswith(".md")
    assert Path(download.value.path()).read_text().startswith(("#", "---"))


def test_an_answered_question_cannot_be_pressed_again(page: Page) -> None:
    ask(page, "help me choose, we build a REST API with 3 people")
    asked = page.locator(".choices.question").last
    words = asked.locator(".choice span:last-child").first.inner_text()
    press(page, words)
    settled = page.locator(".choices.question").first
    assert settled.locator(".choice:not([disabled])").count() == 0
    assert settled.locator(".picked").inner_text().endswith(words)


def test_of_several_choices_all_that_are_picked_are_sent(page: Page) -> None:
    options = tuple(Choice(name, f"pick:{name}") for name in ("One", "Two", "Three"))
    reply = render(Reply(id="0123456789", parts=(Choices(options, "several", "Which?"),), intent="recommend"))
    sent: list[dict[str, Any]] = []

    def answer(route: Any) -> None:
        sent.append(route.request.post_data_json)
        route.fulfill(json=reply)

    page.route("**/api/messages", answer)
    ask(page, "anything")
    assert last(page).get_by_role("group", name="Which?").is_visible()
    last(page).get_by_label("Three").check()
    last(page).get_by_label("One").check()
    press(page, "Send")
    assert sent[-1]["press"].split("\n") == ["pick:One", "pick:Three"]
    assert page.locator(".message.press .label").inner_text() == "One, Three"


def test_feedback_is_taken(page: Page) -> None:
    ask(page, "does flask have an orm?")
    answer = page.locator(".message.bot").first
    answer.get_by_role("button", name="Useful", exact=True).click()
    answered(page)
    page.wait_for_function("() => document.querySelectorAll('.message.bot').length === 2")
    pressed = page.locator(".message.bot").first.get_by_role("button", name="Useful", exact=True)
    assert pressed.get_attribute("aria-pressed") == "true"


def test_an_edited_question_is_answered_in_its_place(page: Page) -> None:
    ask(page, "django or flask for auth?")
    page.press("#words", "ArrowUp")
    assert page.input_value("#words") == "django or flask for auth?"
    page.fill("#words", "django or flask for forms?")
    page.press("#words", "Enter")
    page.wait_for_function("() => /orms/.test(document.querySelector('.message.bot').innerText)")
    assert page.locator(".message.bot").count() == 1
    assert page.locator(".edited").is_visible()


def test_reloading_keeps_the_conversation_and_its_subject(page: Page) -> None:
    ask(page, "does flask have an orm?")
    before = last(page).locator(".parts").inner_text()
    page.reload()
    page.wait_for_selector(".message.bot")
    assert last(page).locator(".parts").inner_text() == before
    ask(page, "why?")
    assert last(page).locator(".cite").count() > 0


def test_several_people_in_one_channel(page: Page) -> None:
    page.get_by_text("Channel", exact=True).click()
    ask(page, "does flask have an orm?")
    page.select_option("#person", "ben")
    page.get_by_text("@Framework Bot", exact=True).first.click()  # no longer to the bot
    page.fill("#words", "nobody asked you")
    page.press("#words", "Enter")
    page.wait_for_selector(".message.silent")
    assert page.locator(".message.person .name").all_inner_texts() == ["Ann", "Ben"]
    page.locator("label.mention").nth(0).click()
    page.locator("label.mention").nth(1).click()  # only to Ben
    ask(page, "does django have an orm?")
    assert "Ben" in last(page).locator(".only").inner_text()
    count = page.locator(".message.bot").count()
    page.select_option("#person", "ann")
    assert page.locator(".message.bot").count() == count - 1


def test_an_interview_begun_in_a_channel_moves_to_the_direct_conversation(page: Page) -> None:
    page.get_by_text("Channel", exact=True).click()
    page.fill("#words", "which framework should we take? 3 developers, REST API on Postgres, no admin")
    page.press("#words", "Enter")
    page.wait_for_function("() => document.querySelectorAll('#conversations li').length === 2")
    answered(page)
    assert page.locator("#kinds [value=dm]").is_checked()
    assert last(page).locator(".choices.question").count() == 1


def test_hostile_text_shows_as_text(page: Page) -> None:
    hostile = (
        "<img src=x onerror=\"document.title='taken'\"><script>document.title='taken'</script> [x](javascript:alert(1))"
    )
    ask(page, hostile)
    assert page.locator(".message.person .words").inner_text() == hostile
    assert page.locator(".message img[src=x], .message script, a[href^=javascript]").count() == 0
    assert page.title() == "Framework Bot"


def test_with_the_keyboard_alone(page: Page) -> None:
    page.keyboard.press("Tab")
    page.keyboard.press("/")
    page.keyboard.type("django or flask for auth?")
    page.keyboard.press("Enter")
    answered(page)
    button = last(page).locator(".choices.next button").first
    for _ in range(80):
        page.keyboard.press("Shift+Tab")
        if button.evaluate("element => element === document.activeElement"):
            break
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.querySelectorAll('.message.bot:not(.waiting)').length === 2")


def test_behind_an_answer(page: Page) -> None:
    ask(page, "does flask have an orm?")
    last(page).get_by_role("button", name="How it was understood").click()
    page.wait_for_selector(".claims li .score")
    assert "flask" in page.locator(".trace").inner_text()
    page.keyboard.press("ArrowRight")
    page.wait_for_selector("#tab-slack[aria-selected=true]")
    page.wait_for_function("() => document.querySelector('.payload')?.textContent.includes('blocks')")
    page.keyboard.press("Escape")
    assert page.locator("#panel").is_hidden()


# --- authors, and a bot that goes away


def test_authors_see_their_mistakes_as_they_save(page_of: Open, tmp_path: Path) -> None:
    written = tmp_path / "knowledge"
    shutil.copytree(shipped(), written)
    topic = written / "topics" / "auth.yaml"
    right = topic.read_text()
    with Bot(tmp_path, "--only", "web", KNOWLEDGE_PATH=str(written)) as own:
        page = page_of(own.address)
        page.wait_for_function("() => /[0-9a-f]{8}/.test(document.getElementById('version-words').textContent)")
        topic.write_text(right + "\n  nonsense: {name: 3}\n")
        page.wait_for_selector("#problems:not([hidden])")
        assert "auth.yaml" in page.locator("#problem-lines").inner_text()
        ask(page, "does flask have an orm?")
        assert last(page).locator(".cite").count() > 0
        topic.write_text(right + "\n")
        page.wait_for_selector("#reloaded:not([hidden])")
        assert page.locator("#problems").is_hidden()
        page.click("#again")
        page.wait_for_function("() => document.querySelectorAll('.message.bot:not(.waiting)').length === 2")


def test_a_message_survives_a_bot_that_dies(browser: Browser, tmp_path: Path) -> None:
    own = Bot(tmp_path, "--only", "web")
    own.start()
    context = browser.new_context()
    try:
        page = context.new_page()
        page.goto(own.address)
        page.wait_for_selector("#try button")
        ask(page, "does flask have an orm?")
        own.stop(kill=True)
        page.fill("#words", "and django?")
        page.press("#words", "Enter")
        page.wait_for_selector(".message.failed", timeout=60_000)
        port = own.address.rpartition(":")[2]
        with Bot(tmp_path, "--only", "web", PORT=port):
            page.click(".retry")
            page.wait_for_selector(".message.failed", state="detached")
            answered(page)
            assert "Django" in last(page).inner_text()
    finally:
        context.close()
        own.stop()


# --- how it looks and what it weighs


def test_dark_mode_follows_the_system_and_can_be_chosen(page_of: Open) -> None:
    page = page_of(color_scheme="dark")
    background = "() => getComputedStyle(document.body).backgroundColor"
    dark = page.evaluate(background)
    page.click("#theme")
    assert page.evaluate(background) != dark
    page.reload()
    assert page.evaluate(background) != dark
    assert page_of(color_scheme="light").evaluate(background) == page.evaluate(background)


SCREENS = [
    "",
    "django or flask for auth?",
    "compare all three on deployment",
    "show me a login page in django",
    "help me choose",
]


@pytest.mark.parametrize("question", SCREENS)
def test_a_phone_never_scrolls_sideways(page_of: Open, question: str) -> None:
    page = page_of(viewport=PHONE)
    if question:
        ask(page, question)
    widths = (
        "() => [document.documentElement, document.getElementById('scroll')].map(e => e.scrollWidth - e.clientWidth)"
    )
    assert page.evaluate(widths) == [0, 0]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [{"width": 1280, "height": 900}, PHONE], ids=["desk", "phone"])
def test_axe_finds_nothing_serious(page_of: Open, scheme: str, viewport: dict[str, int]) -> None:
    source = axe()
    page = page_of(color_scheme=scheme, viewport=viewport, reduced_motion="reduce")
    check(page, source)
    ask(page, "django or flask for auth?")
    press(page, "Show code")
    check(page, source)
    page.get_by_text("Channel", exact=True).click()
    check(page, source)
    page.get_by_text("Direct", exact=True).click()
    ask(page, "help me choose for a REST API")
    check(page, source)
    page.locator(".message.bot .tools .behind").first.click()
    page.wait_for_selector(".claims li")
    check(page, source)


def check(page: Page, source: str) -> None:
    page.evaluate(source)
    found = page.evaluate("async () => (await axe.run()).violations")
    serious = [
        f"{one['id']}: {node['html'][:200]} {node['failureSummary'][:300]}"
        for one in found
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    ]
    assert serious == []


def test_the_page_is_there_at_once_and_weighs_little(browser: Browser, bot: Bot) -> None:
    """Times are printed, not asserted: other tests share the machine. The weight is what came over the wire."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(bot.address)
    page.wait_for_selector("#try button")
    sizes = page.evaluate(
        "() => [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]"
        ".reduce((sum, entry) => sum + entry.transferSize, 0)"
    )
    print("usable after", page.evaluate("() => Math.round(performance.now())"), "ms;", sizes, "bytes")
    foreign = page.evaluate(
        "() => performance.getEntriesByType('resource').map(e => e.name).filter(n => !n.startsWith(location.origin))"
    )
    context.close()
    assert sizes < 150_000
    assert foreign == []
