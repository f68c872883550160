# dagster is only mentioned here
from elsewhere import SlackResource

resource = SlackResource()
