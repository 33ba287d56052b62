"""What the checks of conformance.py are made of: clients, queues of their own, comparing, requests spoilt on purpose, the run."""

import hashlib
import re
import signal
import sys
import time
import traceback

from mns.account import Account
from mns.mns_exception import MNSExceptionBase, MNSServerException
from mns.mns_http import RequestInternal
from mns.queue import Message, QueueMeta

ENDPOINT = sys.argv[1]
KEY_ID, KEY_SECRET = "local-development", "local-development-secret"
CHECK_LIMIT = 20  # seconds
checks = []


class Wrong(Exception):
    """An answer that is not what the service would give."""


def check(name):
    def register(function):
        checks.append((name, function))
        return function

    return register


def same(what, found, expected):
    if found != expected:
        raise Wrong("%s: found %r, expected %r" % (what, found, expected))


def within(what, found, low, high):
    if not low <= found <= high:
        raise Wrong("%s: found %.3f, expected %s to %s" % (what, found, low, high))


def refused(codes, call, *arguments):
    """The call must end with one of these codes of the service. Gives the exception."""
    codes = codes if isinstance(codes, tuple) else (codes,)
    try:
        call(*arguments)
    except MNSServerException as error:
        if error.type not in codes:
            raise Wrong("refused with %s, expected %s: %s" % (error.type, " or ".join(codes), error.message))
        return error
    except MNSExceptionBase as error:
        raise Wrong("the client gave up by itself: %s" % error)
    raise Wrong("not refused, expected %s" % " or ".join(codes))


def account(key_id=KEY_ID, secret=KEY_SECRET, token=""):
    made = Account(ENDPOINT, key_id, secret, token)
    made.get_client().set_connection_timeout(10)
    return made


owner = account()
number = 0


def queue(encoding=True, **attributes):
    """A new queue of its own; attributes by the names of QueueMeta."""
    global number
    number += 1
    made = owner.get_queue("conf-%d" % number)
    made.set_encoding(encoding)
    made.create(meta(**attributes))
    return made


def meta(**attributes):
    made = QueueMeta()
    for name, value in attributes.items():
        getattr(made, "set_" + name)(value)
    return made


def send(target, *bodies, **attributes):
    """Sends in one batch; gives what the server answered for each."""
    messages = [Message(body, attributes.get("delay"), attributes.get("priority")) for body in bodies]
    return target.batch_send_message(messages)


def timed(call, *arguments):
    began = time.monotonic()
    result = call(*arguments)
    return time.monotonic() - began, result


def md5(text):
    return hashlib.md5(text.encode("utf-8")).hexdigest().upper()


class Unnamed:
    """A request without an id of the caller."""

    request_id = None


def raw(method, target, body="", change=None):
    """One request signed by the client, whose headers `change` may spoil before signing; if it gives a function, that one after it."""
    client = owner.get_client()
    request = RequestInternal(method, target, data=body)
    client.build_header(Unnamed, request)
    headers = request.header
    if change:
        del headers["Authorization"]
        after = change(headers)
        headers["Authorization"] = client.get_signature(method, headers, target, client.credentials_provider.get_credentials())
        if after:
            after(headers)
    return client.http.send_request(request)


def raw_code(*arguments, **options):
    """Status and error code of such a request; no code if it succeeded."""
    answer = raw(*arguments, **options)
    found = re.search(r"<Code>([A-Za-z]+)</Code>", answer.data)
    return answer.status, found.group(1) if found else None


def overdue(*_):
    raise Wrong("no end within %d s" % CHECK_LIMIT)


def run_all():
    """Runs the checks in their order. Gives the exit status."""
    failed = 0
    signal.signal(signal.SIGALRM, overdue)
    for name, function in checks:
        signal.alarm(CHECK_LIMIT)
        try:
            function()
            print("ok    %s" % name, flush=True)
        except Exception as error:  # one check that fails must not hide the others
            failed += 1
            line = traceback.extract_tb(error.__traceback__)
            where = [frame.lineno for frame in line if frame.name == "_"][-1:]
            print("FAIL  %s\n      line %s: %s" % (name, where[0] if where else "?", error), flush=True)
        finally:
            signal.alarm(0)
    print("%d passed, %d failed" % (len(checks) - failed, failed), flush=True)
    return 1 if failed else 0
