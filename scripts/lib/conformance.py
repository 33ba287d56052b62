"""Drives an SMQ server with the vendor's own client and says what the server answers rightly.

    python conformance.py http://127.0.0.1:PORT

Expects the local server's well-known key pair and makes queues of its own, whose names begin with "conf-". Prints one line
for each check and at the end `N passed, N failed`; exit status 1 if any failed. A check may take 20 s at most.
"""

import re
import sys
import threading
import time

from mns.message_property import MessagePropertyValue, MessageSystemPropertyValue
from mns.mns_common import RequestInfo
from mns.mns_request import ListQueueRequest, ListQueueResponse
from mns.queue import Message

from conformance_kit import Wrong, account, check, checks, md5, meta, owner, queue, raw_code, refused, run_all, same, send, timed, within

# Queues


@check("CreateQueue gives the queue's URL, and again for the same attributes")
def _():
    for _ in range(2):
        url = owner.get_queue("conf-create").create(meta(visibilitytimeout=40))
        same("end of the URL", url.rsplit("/queues/")[-1], "conf-create")


@check("CreateQueue with other attributes is QueueAlreadyExist")
def _():
    refused("QueueAlreadyExist", owner.get_queue("conf-create").create, meta(visibilitytimeout=41))


@check("queue names: InvalidQueueName, QueueNameLengthError")
def _():
    refused("InvalidQueueName", owner.get_queue("conf_under").create, meta())
    refused("InvalidQueueName", owner.get_queue("-conf").create, meta())
    refused("QueueNameLengthError", owner.get_queue("c" * 300).create, meta())


@check("queue attributes out of range are InvalidArgument, on create and on set")
def _():
    target = queue()
    for name, value in (
        ("visibilitytimeout", 43201), ("maximum_message_size", 1023), ("maximum_message_size", 65537),
        ("message_retention_period", 59), ("message_retention_period", 1296001), ("delay_seconds", 604801),
        ("polling_wait_seconds", 31),
    ):
        refused("InvalidArgument", owner.get_queue("conf-bad").create, meta(**{name: value}))
        refused("InvalidArgument", target.set_attributes, meta(**{name: value}))
    refused("QueueNotExist", owner.get_queue("conf-bad").get_attributes)


@check("GetQueueAttributes: documented defaults")
def _():
    owner.get_queue("conf-defaults").create(meta())
    found = owner.get_queue("conf-defaults").get_attributes()
    same("visibility", found.visibility_timeout, 30)
    same("size", found.maximum_message_size, 65536)
    same("retention", found.message_retention_period, 345600)
    same("delay", found.delay_seconds, 0)
    same("polling", found.polling_wait_seconds, 0)
    same("logging", found.logging_enabled, False)
    same("name", found.queue_name, "conf-defaults")
    within("age in seconds", time.time() - found.create_time, -2, 60)


@check("SetQueueAttributes changes what it names and nothing else")
def _():
    target = queue(visibilitytimeout=50, delay_seconds=3)
    target.set_attributes(meta(visibilitytimeout=77, logging_enabled=True))
    found = target.get_attributes()
    same("attributes", (found.visibility_timeout, found.delay_seconds, found.logging_enabled), (77, 3, True))


@check("counts of GetQueueAttributes: active, inactive, delayed")
def _():
    target = queue()
    send(target, "1", "2", "3")
    send(target, "later", delay=60)
    target.receive_message(0)
    found = target.get_attributes()
    same("counts", (found.active_messages, found.inactive_messages, found.delay_messages), (2, 1, 1))


@check("ListQueue: prefix, pages with a marker, attributes")
def _():
    for name in ("conf-page-a", "conf-page-b", "conf-page-c"):
        owner.get_queue(name).create(meta())
    found, marker = [], ""
    for _ in range(3):
        urls, marker = owner.list_queue("conf-page-", 1, marker)
        same("queues on a page", len(urls), 1)
        found += [url.rsplit("/", 1)[-1] for url in urls]
    same("names", found, ["conf-page-a", "conf-page-b", "conf-page-c"])
    same("last marker", marker, "")
    same("nothing", owner.list_queue("conf-no-such-prefix")[0], [])
    request, response = ListQueueRequest("conf-page-a", -1, "", True), ListQueueResponse()
    owner.get_client().list_queue(request, response)
    same("attributes listed", response.queuemeta_list[0].get("VisibilityTimeout"), "30")
    refused("InvalidArgument", owner.list_queue, "conf-page-", 1001)


@check("DeleteQueue takes the queue and its messages away")
def _():
    target = queue()
    send(target, "lost")
    target.delete()
    refused("QueueNotExist", target.get_attributes)


@check("every call on a missing queue is QueueNotExist")
def _():
    target = owner.get_queue("conf-missing")
    for call, arguments in (
        (target.get_attributes, ()), (target.set_attributes, (meta(visibilitytimeout=9),)), (target.send_message, (Message("x"),)),
        (target.batch_send_message, ([Message("x")],)), (target.receive_message, (0,)), (target.batch_receive_message, (2, 0)),
        (target.peek_message, ()), (target.batch_peek_message, (2,)), (target.delete_message, ("x-y",)),
        (target.batch_delete_message, (["x-y"],)), (target.change_message_visibility, ("x-y", 5)),
    ):
        refused("QueueNotExist", call, *arguments)


# Messages


@check("a body comes back as it was sent, with its MD5")
def _():
    text = "{\"title\": \"<b>&amp; ]]> 'x' 视频 \U0001f3ac\",%s\t\"n\": 1.0}"
    # The client writes a carriage return into XML as it is, where it counts as part of the line end: only base64 carries it.
    for encoding, text in ((True, text % "\r\n"), (False, text % "\n")):
        target = queue(encoding)
        sent = target.send_message(Message(text))
        found = target.receive_message_with_str_body(0)
        same("body", found.message_body, text)
        same("id", found.message_id, sent.message_id)
        same("MD5", found.message_body_md5, sent.message_body_md5)
        if not encoding:
            same("MD5 of the text", found.message_body_md5, md5(text))
        same("receives", found.dequeue_count, 1)
        same("priority", found.priority, 8)
        same("end of the lease", found.next_visible_time - found.first_dequeue_time, 30_000)
        within("enqueued, seconds ago", time.time() - found.enqueue_time / 1000, -2, 10)


@check("a carriage return that came escaped goes out escaped")
def _():
    target = queue(encoding=False)
    same("sent", raw_code("POST", "/queues/%s/messages" % target.queue_name, b"<Message><MessageBody>a&#13;&#10;b</MessageBody></Message>"), (201, None))
    same("body", target.receive_message(0).message_body, "a\r\nb")


@check("a batch of 16, sent, peeked, received and deleted")
def _():
    target = queue()
    bodies = ["body %d" % index for index in range(16)]
    sent = send(target, *bodies)
    same("ids", len({message.message_id for message in sent}), 16)
    peeked = target.batch_peek_message_with_str_body(16)
    same("peeked", sorted(message.message_body for message in peeked), sorted(bodies))
    same("receives by peeking", {message.dequeue_count for message in peeked}, {0})
    received = target.batch_receive_message_with_str_body(16, 0)
    same("received", sorted(message.message_body for message in received), sorted(bodies))
    target.batch_delete_message([message.receipt_handle for message in received])
    same("inactive left", target.get_attributes().inactive_messages, 0)


@check("17 messages or handles are one too many, none is one too few")
def _():
    target = queue()
    refused("InvalidArgument", send, target, *["x"] * 17)
    refused("InvalidArgument", target.batch_receive_message, 17, 0)
    refused("InvalidArgument", target.batch_peek_message, 17)
    refused("InvalidArgument", target.batch_delete_message, ["x-y%d" % index for index in range(17)])
    refused("InvalidArgument", target.batch_receive_message, 0, 0)
    refused(("InvalidArgument", "MalformedXML"), send, target)
    same("stored", target.get_attributes().active_messages, 0)


@check("sizes: 64 KB go, a byte more does not; the queue's own limit; 64 KB for a batch")
def _():
    target = queue(encoding=False)
    target.send_message(Message("x" * 65536))
    refused("InvalidArgument", target.send_message, Message("x" * 65537))
    refused("InvalidArgument", send, target, "x" * 40000, "x" * 40000)
    small = queue(encoding=False, maximum_message_size=1024)
    small.send_message(Message("x" * 1024))
    refused("InvalidArgument", small.send_message, Message("x" * 1025))


@check("priority and delay: bounds, order")
def _():
    target = queue()
    for priority in (0, 17):
        refused("InvalidArgument", target.send_message, Message("x", priority=priority))
    refused("InvalidArgument", target.send_message, Message("x", 604801))
    for priority in (9, 1, 16):
        send(target, "priority %d" % priority, priority=priority)
    same("order", [target.receive_message_with_str_body(0).message_body for _ in range(3)], ["priority 1", "priority 9", "priority 16"])


@check("a delayed message: hidden, its handle from send deletes it, it comes when its time is up")
def _():
    target = queue()
    first = target.send_message(Message("deleted", 60))
    target.delete_message(first.receipt_handle)
    same("delayed", target.get_attributes().delay_messages, 0)
    target.send_message(Message("later", 1))
    refused("MessageNotExist", target.receive_message, 0)
    seconds, found = timed(target.receive_message_with_str_body, 5)
    same("body", found.message_body, "later")
    within("seconds until it came", seconds, 0.5, 2.0)


@check("user and system properties come back with their types")
def _():
    target = queue()
    message = Message("with properties")
    message.add_user_property("text", MessagePropertyValue.create_string("a < b & 视频"))
    message.add_user_property("number", MessagePropertyValue.create_number(12.5))
    message.add_user_property("flag", MessagePropertyValue.create_boolean(True))
    message.add_user_property("bytes", MessagePropertyValue.create_binary(b"\x00\xff"))
    message.add_system_property("traceparent", MessageSystemPropertyValue.create_string("00-1-2-01"))
    target.send_message(message)
    for found in (target.peek_message(), target.receive_message(0)):
        users = found.get_user_properties()
        same("types", {name: value.get_data_type() for name, value in users.items()},
             {"text": "STRING", "number": "NUMBER", "flag": "BOOLEAN", "bytes": "BINARY"})
        same("text", users["text"].get_string_value_by_type(), "a < b & 视频")
        same("number", users["number"].get_string_value_by_type(), "12.5")
        same("bytes", users["bytes"].get_binary_value(), b"\x00\xff")
        same("system", found.get_system_properties()["traceparent"].get_string_value_by_type(), "00-1-2-01")


# Leases


@check("a lease that ends: the message comes again, counts the receive, has a new handle; the old one is dead")
def _():
    target = queue(visibilitytimeout=1)
    send(target, "again")
    first = target.receive_message(0)
    refused("MessageNotExist", target.receive_message, 0)
    seconds, second = timed(target.receive_message, 5)
    within("seconds until it came again", seconds, 0.5, 2.0)
    same("receives", second.dequeue_count, 2)
    same("first receive", second.first_dequeue_time, first.first_dequeue_time)
    refused(("MessageNotExist", "ReceiptHandleError"), target.delete_message, first.receipt_handle)
    target.delete_message(second.receipt_handle)


@check("ChangeMessageVisibility gives a new handle and kills the old one")
def _():
    target = queue()
    send(target, "held")
    message = target.receive_message(0)
    changed = target.change_message_visibility(message.receipt_handle, 100)
    within("lease in seconds", int(changed.next_visible_time) / 1000 - time.time(), 97, 101)
    refused(("MessageNotExist", "ReceiptHandleError"), target.delete_message, message.receipt_handle)
    refused(("MessageNotExist", "ReceiptHandleError"), target.change_message_visibility, message.receipt_handle, 5)
    target.change_message_visibility(changed.receipt_handle, 1)
    seconds, _ = timed(target.receive_message, 5)
    within("seconds until it came again", seconds, 0.5, 2.0)


@check("ChangeMessageVisibility to 0 s or for a handle that never was is refused")
def _():
    target = queue()
    send(target, "x")
    message = target.receive_message(0)
    refused("InvalidArgument", target.change_message_visibility, message.receipt_handle, 0)
    refused("ReceiptHandleError", target.change_message_visibility, "nonsense", 5)
    target.delete_message(message.receipt_handle)


@check("DeleteMessage twice, and with a handle that never was")
def _():
    target = queue()
    send(target, "x")
    handle = target.receive_message(0).receipt_handle
    target.delete_message(handle)
    refused(("MessageNotExist", "ReceiptHandleError"), target.delete_message, handle)
    refused("ReceiptHandleError", target.delete_message, "nonsense")


@check("BatchDeleteMessage deletes the good ones and lists the bad ones")
def _():
    target = queue()
    send(target, "1", "2", "3")
    handles = [message.receipt_handle for message in target.batch_receive_message(3, 0)]
    target.delete_message(handles[1])
    error = refused(("MessageNotExist", "ReceiptHandleError"), target.batch_delete_message, handles)
    same("handles listed", [entry["ReceiptHandle"] for entry in error.sub_errors], [handles[1]])
    same("inactive left", target.get_attributes().inactive_messages, 0)


# Waiting


@check("an empty queue: MessageNotExist after the wait, at once without one")
def _():
    target = queue(polling_wait_seconds=2)
    for call, arguments, low, high in (
        (target.receive_message, (0,), 0, 0.5), (target.receive_message, (1,), 0.7, 1.8), (target.receive_message, (), 1.6, 3.0),
        (target.batch_receive_message, (16, 1), 0.7, 1.8), (target.peek_message, (), 0, 0.5), (target.batch_peek_message, (16,), 0, 0.5),
    ):
        seconds, _ = timed(refused, "MessageNotExist", call, *arguments)
        within("seconds", seconds, low, high)
    refused("InvalidArgument", target.receive_message, 31)
    refused("InvalidArgument", target.batch_receive_message, 1, 31)


@check("a waiting receive gets a message as soon as it is sent")
def _():
    target = queue()
    other = account().get_queue(target.queue_name)
    sender = threading.Timer(0.7, lambda: other.send_message(Message("wake up")))
    sender.start()
    seconds, found = timed(target.batch_receive_message_with_str_body, 16, 10)
    sender.join()
    same("body", [message.message_body for message in found], ["wake up"])
    within("seconds", seconds, 0.5, 1.6)


# Who may ask


@check("wrong key, unknown key id")
def _():
    target = queue()
    refused("SignatureDoesNotMatch", account(secret="wrong").get_queue(target.queue_name).get_attributes)
    refused("InvalidAccessKeyId", account(key_id="nobody").get_queue(target.queue_name).get_attributes)


@check("errors carry a request id and a host; the caller's own id may be signed along")
def _():
    error = refused("QueueNotExist", owner.get_queue("conf-missing").get_attributes, RequestInfo("caller-1"))
    if not re.fullmatch("[0-9A-F]{24}", error.request_id):
        raise Wrong("request id: %r" % error.request_id)
    same("start of the host", error.host_id[:7], "http://")


@check("headers that are missing or wrong")
def _():
    target = "/queues/" + queue().queue_name

    def without(name):
        return lambda headers: headers.pop(name) and None

    def setting(name, value):
        return lambda headers: headers.update({name: value})

    def afterwards(change):
        return lambda headers: change

    old = time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime(time.time() - 16 * 60))
    for expected, change in (
        ((408, "TimeExpired"), setting("date", old)),
        ((400, "InvalidDateHeader"), setting("date", "yesterday")),
        ((400, "MissingDateHeader"), without("date")),
        ((400, "InvalidVersionHeader"), setting("x-mns-version", "1999-01-01")),
        ((400, "MissingVersionHeader"), without("x-mns-version")),
        ((400, "MissingAuthorizationHeader"), afterwards(without("Authorization"))),
        ((400, "InvalidAuthorizationHeader"), afterwards(setting("Authorization", "Basic abc"))),
        ((403, "SignatureDoesNotMatch"), afterwards(setting("x-mns-extra", "not signed"))),
    ):
        same("answer", raw_code("GET", target, change=change), expected)
    same("16 minutes less 2", raw_code("GET", target, change=setting(
        "date", time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime(time.time() - 14 * 60)))), (200, None))


@check("requests that are no requests: body, digest, parameters, address")
def _():
    messages = "/queues/" + queue().queue_name + "/messages"

    def wrong_digest(headers):
        headers["content-md5"] = "ZDQxZDhjZDk4ZjAwYjIwNGU5ODAwOTk4ZWNmODQyN2U="

    body = b"<Message><MessageBody>x</MessageBody></Message>"
    same("sent", raw_code("POST", messages, body), (201, None))
    for expected, arguments, change in (
        ("MalformedXML", ("POST", messages, b"<Message><MessageBody>"), None),
        ("MalformedXML", ("POST", messages, b'<!DOCTYPE x [<!ENTITY e "v">]><Message><MessageBody>&e;</MessageBody></Message>'), None),
        (("InvalidDegist", "InvalidDigest"), ("POST", messages, body), wrong_digest),
        ("MissingReceiptHandle", ("DELETE", messages), None),
        ("MissingReceiptHandle", ("PUT", messages + "?visibilityTimeout=5"), None),
        ("MissingVisibilityTimeout", ("PUT", messages + "?receiptHandle=a-b"), None),
        ("InvalidArgument", ("GET", messages + "?numOfMessages=many"), None),
        (("InvalidRequestURL", "InvalidQueryString"), ("GET", "/nowhere"), None),
    ):
        status, code = raw_code(*arguments, change=change)
        expected = expected if isinstance(expected, tuple) else (expected,)
        if code not in expected or not 400 <= status <= 404:
            raise Wrong("%s %s: found %s %s, expected %s" % (arguments[0], arguments[1], status, code, " or ".join(expected)))


sys.exit(run_all())
