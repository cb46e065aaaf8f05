"""Sales as they are read."""

from shops.till import queries as till_queries


def test_sales_come_with_lines_and_payments_in_three_statements(
    monday, in_melati, django_assert_num_queries
):
    with django_assert_num_queries(3):
        sales = list(till_queries.sales_with_lines(in_melati))
        assert [len(sale.lines.all()) for sale in sales] == [1, 2, 1]
        assert [sale.payments.all()[0].amount_idr for sale in sales] == [17_500, 32_000, 34_600]
        assert {sale.unit.code for sale in sales} == {"gerai"}
