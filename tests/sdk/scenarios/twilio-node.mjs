// What does an app send with Twilio's SDK of Node?

export function connect(require, gate) {
  const client = require("twilio")(gate.account, gate.secret);
  const retrying = require("twilio")(gate.account, gate.secret, { autoRetry: true });
  for (const each of [client, retrying]) each.api.baseUrl = gate.url;
  return {
    sms: (fields) => client.messages.create(fields),
    retrying: (fields) => retrying.messages.create(fields),
    call: (fields) => client.calls.create(fields),
    cancel: ({ sid }) => client.messages(sid).update({ status: "canceled" }),
    fetch: ({ sid }) => client.messages(sid).fetch(),
  };
}

export function read(error) {
  return { status: error.status, code: error.code };
}
