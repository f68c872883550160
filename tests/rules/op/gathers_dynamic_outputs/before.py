from dagster import DynamicOut, DynamicOutput, job, op


@op(out=DynamicOut())
def pages() -> list[DynamicOutput[str]]:
    outputs = []
    for number in range(2):
        outputs.append(DynamicOutput(f"page {number}", mapping_key=str(number)))
    return outputs


@op(out=DynamicOut())
def letters():
    found = [DynamicOutput(value=letter, mapping_key=letter) for letter in "ab"]
    found += [DynamicOutput("c", "c")]
    return found


@op
def shown(item):
    print(item)


@job
def reading():
    pages().map(shown)
    letters().map(shown)
