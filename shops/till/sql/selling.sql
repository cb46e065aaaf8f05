-- What a known buyer has had of a product in the period that runs, less what came back.
CREATE OR REPLACE FUNCTION shops_bought(
    cooperative uuid, product uuid, buyer uuid, buyer_digest bytea, period text, day date
) RETURNS numeric LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT CASE
        WHEN period = 'sale' OR (buyer IS NULL AND buyer_digest IS NULL) THEN 0
        ELSE coalesce((
            SELECT sum(l.quantity - coalesce((
                SELECT sum(r.quantity) FROM shops_returnedline r
                WHERE r.cooperative_id = cooperative AND r.line_id = l.id
            ), 0))
            FROM shops_sale s
            JOIN shops_saleline l ON l.cooperative_id = s.cooperative_id AND l.sale_id = s.id
            WHERE s.cooperative_id = cooperative AND l.product_id = product AND s.date <= day
              AND s.date >= CASE period WHEN 'day' THEN day
                  ELSE date_trunc(period, day)::date END
              AND (s.member_id = buyer OR s.buyer_hash = buyer_digest)
        ), 0)
    END
$$;

-- One product as the rules of a sale know it.
CREATE OR REPLACE FUNCTION shops_goods(
    cooperative uuid, wanted uuid, day date, buyer uuid, buyer_digest bytea
) RETURNS jsonb LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT jsonb_build_object(
        'id', product.id, 'name', product.name, 'measure', product.measure,
        'is_weighed', product.is_weighed, 'is_active', product.is_active,
        'is_service', product.is_service, 'income_code', product.income_code,
        'unit', product.unit_id,
        'pack_size', product.pack_size, 'is_subsidised', product.is_subsidised,
        'expired_on', CASE WHEN product.expires_on <= day THEN product.expires_on END,
        'prices', jsonb_strip_nulls(jsonb_build_object(
            'general', product.general_price_idr, 'member', product.member_price_idr,
            'wholesale', product.wholesale_price_idr,
            'institution', product.institution_price_idr
        )),
        'stock', (
            SELECT jsonb_build_object(
                'id', s.id, 'quantity', s.quantity::text, 'value_idr', s.value_idr
            )
            FROM shops_stock s
            WHERE s.cooperative_id = cooperative AND s.product_id = product.id
        ),
        'quantity_prices', (
            SELECT jsonb_agg(jsonb_build_object(
                'tier', r.tier, 'min_quantity', r.min_quantity::text, 'price_idr', r.price_idr,
                'valid_from', r.valid_from
            ))
            FROM shops_price r
            WHERE r.cooperative_id = cooperative AND r.product_id = product.id
              AND r.valid_from <= day AND (r.valid_until IS NULL OR r.valid_until >= day)
        ),
        'packs', (
            SELECT jsonb_agg(jsonb_build_object(
                'id', k.id, 'name', k.name, 'factor', k.factor::text,
                'prices', jsonb_strip_nulls(jsonb_build_object(
                    'general', k.general_price_idr, 'member', k.member_price_idr,
                    'wholesale', k.wholesale_price_idr, 'institution', k.institution_price_idr
                ))
            ))
            FROM shops_pack k
            WHERE k.cooperative_id = cooperative AND k.product_id = product.id AND k.is_active
        ),
        'rules', (
            SELECT jsonb_agg(jsonb_build_object(
                'ceiling_idr', g.ceiling_idr, 'most_quantity', g.most_quantity::text,
                'period', g.period, 'no_wholesale', g.no_wholesale,
                'needs_identity', g.needs_identity, 'source', g.source,
                'bought', shops_bought(
                    cooperative, product.id, buyer, buyer_digest, g.period, day
                )::text
            ))
            FROM shops_goodsrule g
            WHERE g.cooperative_id = cooperative AND g.product_id = product.id
              AND g.valid_from <= day AND (g.valid_until IS NULL OR g.valid_until >= day)
        )
    )
    FROM shops_product product
    WHERE product.cooperative_id = cooperative AND product.id = wanted
$$;

-- What a till asks before it sells, in one round trip: the goods with their packs, prices and
-- rules of the day, locked until the transaction ends in the order of their stock rows, so that two
-- sales of the same goods cannot deadlock; the cashier's open shift, the buyer, and the sale that
-- has the key already.
CREATE OR REPLACE FUNCTION shops_prepare_sale(cooperative uuid, asked jsonb) RETURNS jsonb
LANGUAGE plpgsql SET search_path = public, pg_temp
SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    day date := (asked->>'day')::date;
    wanted uuid[] := ARRAY(SELECT jsonb_array_elements_text(asked->'products')::uuid);
    wanted_key uuid := (asked->>'key')::uuid;
    buyer uuid := (asked->>'member')::uuid;
    known uuid := buyer;
    known_digest bytea := decode(asked->>'buyer_hash', 'hex');
    of_unit jsonb;
    of_shift jsonb;
    answer jsonb;
BEGIN
    -- The same sale sent twice at once has been written before we get past here.
    PERFORM pg_advisory_xact_lock(hashtextextended(cooperative::text || wanted_key, 0));
    PERFORM 1 FROM shops_stock s
    WHERE s.cooperative_id = cooperative AND s.product_id = ANY(wanted)
    ORDER BY s.id FOR UPDATE;
    -- Another act may have used the key: its journal has no sale, and no content has an empty hash.
    SELECT jsonb_build_object('before', jsonb_build_object(
        'id', coalesce(s.id, j.id), 'hash', coalesce(s.content_hash, '')
    ))
    INTO answer FROM finance_journal j
    LEFT JOIN shops_sale s ON s.cooperative_id = cooperative AND s.journal_id = j.id
    WHERE j.cooperative_id = cooperative AND j.key = wanted_key;
    IF answer IS NOT NULL THEN
        RETURN answer;
    END IF;
    -- A member and somebody whose NIK was written down may be the same person.
    IF known IS NOT NULL THEN
        SELECT coalesce(known_digest, m.nik_hash) INTO known_digest
        FROM members_member m WHERE m.cooperative_id = cooperative AND m.id = known;
    ELSIF known_digest IS NOT NULL THEN
        SELECT m.id INTO known
        FROM members_member m WHERE m.cooperative_id = cooperative AND m.nik_hash = known_digest;
    END IF;
    SELECT jsonb_build_object(
        'id', u.id, 'code', u.code, 'name', u.name, 'is_active', u.is_active
    ) INTO of_unit FROM finance_businessunit u
    WHERE u.cooperative_id = cooperative AND u.code = asked->>'unit';
    -- Whoever closes the shift waits for this sale; a shift that was just closed is not found.
    SELECT jsonb_build_object('id', s.id, 'unit', s.unit_id) INTO of_shift FROM shops_shift s
    WHERE s.cooperative_id = cooperative AND s.cashier_id = (asked->>'cashier')::uuid
      AND s.closed_at IS NULL
    FOR KEY SHARE;
    SELECT jsonb_build_object(
        'unit', of_unit,
        'step_idr', coalesce((
            SELECT t.cash_step_idr FROM shops_tillsettings t WHERE t.cooperative_id = cooperative
        ), 100),
        'shift', of_shift,
        'member', (
            SELECT jsonb_build_object(
                'id', m.id, 'number', m.number, 'name', m.name, 'status', m.status,
                'party', m.party_id,
                'is_leaving', EXISTS (
                    SELECT FROM members_exit e
                    WHERE e.cooperative_id = cooperative AND e.member_id = m.id
                      AND e.state = 'requested'
                )
            )
            FROM members_member m WHERE m.cooperative_id = cooperative AND m.id = buyer
        ),
        'goods', (
            SELECT coalesce(
                jsonb_agg(shops_goods(cooperative, p.id, day, known, known_digest)), '[]'
            )
            FROM shops_product p
            WHERE p.cooperative_id = cooperative AND p.id = ANY(wanted)
        )
    ) INTO answer;
    RETURN answer;
END $$;

-- A sale with everything it moves: number, journal, lines, payments, stock, counters, audit.
-- The caller has checked it, with the goods locked. NULL where its day lies in a closed month.
CREATE OR REPLACE FUNCTION shops_write_sale(cooperative uuid, doc jsonb) RETURNS bigint
LANGUAGE plpgsql SET search_path = public, pg_temp
SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    given bigint := registry_take_numbers(cooperative, 'sale');
    posted bigint;
    written bigint;
    sale jsonb := doc->'sale';
    entry jsonb := doc->'journal';
BEGIN
    entry := jsonb_set(entry, '{memo}', to_jsonb(replace(entry->>'memo', '{number}', given::text)));
    posted := finance_post(cooperative, entry);
    IF posted IS NULL THEN
        RETURN NULL;
    END IF;
    IF posted = 0 THEN
        RAISE EXCEPTION 'another act has used this key meanwhile' USING ERRCODE = 'unique_violation';
    END IF;
    INSERT INTO shops_sale (
        cooperative_id, id, number, date, sold_at, unit_id, member_id, shift_id, buyer_hash,
        total_idr, discount_idr, rounding_idr, cost_idr, paid_idr, change_idr, key, content_hash,
        device, journal_id, cashier_id
    ) VALUES (
        cooperative, (sale->>'id')::uuid, given, (sale->>'date')::date,
        (sale->>'sold_at')::timestamptz, (sale->>'unit')::uuid, (sale->>'member')::uuid,
        (sale->>'shift')::uuid, decode(sale->>'buyer_hash', 'hex'),
        (sale->>'total_idr')::bigint, (sale->>'discount_idr')::bigint,
        (sale->>'rounding_idr')::bigint, (sale->>'cost_idr')::bigint,
        (sale->>'paid_idr')::bigint, (sale->>'change_idr')::bigint, (sale->>'key')::uuid,
        sale->>'content_hash', sale->>'device', (entry->>'id')::uuid, (sale->>'cashier')::uuid
    );
    INSERT INTO shops_saleline (
        cooperative_id, id, sale_id, position, product_id, name, measure, quantity, pack_id,
        pack_name, pack_quantity, price_tier, price_idr, discount_idr, saving_idr, total_idr,
        cost_idr
    )
    SELECT cooperative, l.id, (sale->>'id')::uuid, l.position, l.product, l.name, l.measure,
           l.quantity, l.pack, l.pack_name, l.pack_quantity, l.price_tier, l.price_idr,
           l.discount_idr, l.saving_idr, l.total_idr, l.cost_idr
    FROM jsonb_to_recordset(doc->'lines') AS l(
        id uuid, position integer, product uuid, name text, measure text, quantity numeric,
        pack uuid, pack_name text, pack_quantity numeric, price_tier text, price_idr bigint,
        discount_idr bigint, saving_idr bigint, total_idr bigint, cost_idr bigint
    )
    ON CONFLICT (cooperative_id, id) DO NOTHING;
    GET DIAGNOSTICS written = ROW_COUNT;
    PERFORM registry_expect_rows('shops_saleline', jsonb_array_length(doc->'lines'), written);
    INSERT INTO shops_salepayment (
        cooperative_id, id, sale_id, position, method, amount_idr, reference, due_on, voucher_id
    )
    SELECT cooperative, p.id, (sale->>'id')::uuid, p.position, p.method, p.amount_idr,
           p.reference, p.due_on, p.voucher
    FROM jsonb_to_recordset(doc->'payments') AS p(
        id uuid, position integer, method text, amount_idr bigint, reference text, due_on date,
        voucher uuid
    )
    ON CONFLICT (cooperative_id, id) DO NOTHING;
    GET DIAGNOSTICS written = ROW_COUNT;
    PERFORM registry_expect_rows('shops_salepayment', jsonb_array_length(doc->'payments'), written);
    INSERT INTO shops_stockmovement (
        cooperative_id, id, product_id, kind, date, quantity, value_idr, journal_id
    )
    SELECT cooperative, m.id, m.product, 'sale', (sale->>'date')::date, -m.quantity, -m.value_idr,
           (entry->>'id')::uuid
    FROM jsonb_to_recordset(doc->'movements') AS m(
        id uuid, product uuid, quantity numeric, value_idr bigint
    )
    ON CONFLICT (cooperative_id, id) DO NOTHING;
    GET DIAGNOSTICS written = ROW_COUNT;
    PERFORM registry_expect_rows(
        'shops_stockmovement', jsonb_array_length(doc->'movements'), written
    );
    UPDATE shops_stock stock
    SET quantity = stock.quantity - m.quantity, value_idr = stock.value_idr - m.value_idr
    FROM jsonb_to_recordset(doc->'movements') AS m(
        product uuid, quantity numeric, value_idr bigint
    )
    WHERE stock.cooperative_id = cooperative AND stock.product_id = m.product;
    UPDATE shops_voucher voucher SET left_idr = voucher.left_idr - p.amount_idr
    FROM jsonb_to_recordset(doc->'payments') AS p(amount_idr bigint, voucher uuid)
    WHERE voucher.cooperative_id = cooperative AND voucher.id = p.voucher;
    PERFORM access_audit(
        cooperative, (doc->>'audit')::uuid, 'sale.sell', (sale->>'cashier')::uuid,
        'shops.Sale', sale->>'id',
        (doc->'details') || jsonb_build_object(
            'number', given, 'total_idr', (sale->>'total_idr')::bigint
        )
    );
    PERFORM registry_add_figures(
        cooperative, (sale->>'date')::date, sale->>'unit_code', (sale->>'date')::date,
        doc->'figures'
    );
    RETURN given;
END $$;
