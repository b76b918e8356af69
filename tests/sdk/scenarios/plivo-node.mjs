// What does an app send with Plivo's SDK of Node? Its calls go to the vendor whatever it is told.

export function connect(require, gate) {
  const plivo = require("plivo");
  const url = `${gate.url}/plivo/v1/Account/${gate.account}`;
  const client = new plivo.Client(gate.account, gate.secret, { url });
  return {
    sms: ({ src, dst, text, ...more }) => client.messages.create(src, dst, text, more),
    call: ({ from, to, answerUrl, ...more }) => client.calls.create(from, to, answerUrl, more),
  };
}

export function read(error) {
  return { text: error.message };
}
