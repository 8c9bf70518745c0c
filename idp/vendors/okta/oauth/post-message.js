const carrier = document.querySelector('[data-post-message]')
const receiver = window.opener ?? (window.parent === window ? null : window.parent)
if (carrier !== null && receiver !== null) {
  receiver.postMessage(JSON.parse(carrier.dataset.message), carrier.dataset.postMessage)
}
