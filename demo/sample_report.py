"""What the sample report says. Its commune, its province, its people and all its figures are invented.

A paragraph is (style, text); ``{{...}}`` in a text is a footnote. The styles are those of ``make_sample``.
"""

from __future__ import annotations

ISSUER = ("ỦY BAN NHÂN DÂN", "XÃ MẪU SƠN HẠ")
MOTTO = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
NUMBER = "Số: 145/BC-UBND"
PLACE = "Mẫu Sơn Hạ, ngày 19 tháng 6 năm 2026"
KIND = "BÁO CÁO"
SUMMARY = "Tình hình phát triển kinh tế - xã hội 6 tháng đầu năm; phương hướng, nhiệm vụ 6 tháng cuối năm 2026"
FICTION = "(Văn bản mẫu: xã Mẫu Sơn Hạ, tỉnh Giả Định, con người và mọi số liệu trong văn bản này đều là hư cấu)"

BODY: tuple[tuple[str, str], ...] = (
    (
        "text",
        "Thực hiện Nghị quyết số 12/NQ-HĐND ngày 18/12/2025 của HĐND xã về nhiệm vụ phát triển kinh tế - xã hội "
        "năm 2026, UBND xã Mẫu Sơn Hạ báo cáo kết quả 6 tháng đầu năm như sau:",
    ),
    ("part", "Phần thứ nhất"),
    ("part", "KẾT QUẢ THỰC HIỆN NHIỆM VỤ 6 THÁNG ĐẦU NĂM 2026"),
    ("chapter", "VỀ KINH TẾ"),
    ("section", "Sản xuất nông, lâm nghiệp"),
    (
        "item",
        "Trồng trọt: Tổng diện tích gieo trồng vụ xuân đạt 1.245,5 ha{{Trong đó: cây lúa 612,4 ha; cây ngô 428,6 ha; "
        "rau, màu các loại 204,5 ha.}}, bằng 103,8% kế hoạch (1.245,5/1.200 ha). Cây lúa: diện tích 612,4 ha, "
        "năng suất 55,5 tạ/ha, sản lượng 3.398,8 tấn. Cây ngô: diện tích 428,6 ha, năng suất 42,0 tạ/ha, sản lượng "
        "1.800,1 tấn. Rau, màu các loại: diện tích 204,5 ha, năng suất 96,0 tạ/ha, sản lượng 1.693,2 tấn.",
    ),
    (
        "item",
        "Chăn nuôi: Tổng đàn gia súc có 6.480 con, gồm: trâu 1.250 con, bò 980 con, lợn 4.050 con, dê 200 con. "
        "Đàn gia cầm có 52.300 con, tăng 2.300 con so với cùng kỳ năm 2025 (50.000 con). Công tác tiêm phòng{{Tiêm "
        "phòng lở mồm long móng cho trâu, bò được 1.784/2.230 con, đạt 80%.}} được triển khai đúng thời vụ; đã tiêm "
        "cho 5.670/6.480 con gia súc, đạt 87,5%.",
    ),
    (
        "item",
        "Lâm nghiệp: Trồng rừng mới được 86,5 ha, đạt 72,1% kế hoạch (86,5/120 ha). Tỷ lệ che phủ rừng duy trì "
        "ở mức 61,2%. Không xảy ra cháy rừng trên địa bàn.",
    ),
    ("section", "Công nghiệp, thương mại, dịch vụ"),
    (
        "text",
        "Giá trị sản xuất công nghiệp đạt 48,6 tỷ đồng, tăng 8% so với cùng kỳ năm 2025 (45,0 tỷ đồng). Trên địa bàn "
        "có 138 hộ kinh doanh, trong đó: bán lẻ 74 hộ, ăn uống 39 hộ, vận tải 15 hộ, sửa chữa 12 hộ. Thành lập mới "
        "03 hợp tác xã (Chè Đồi Giả, Rau sạch Bản Mẫu, Dược liệu Suối Ví), đạt 75% kế hoạch (03/04 hợp tác xã){{Nâng "
        "tổng số hợp tác xã trên địa bàn lên 11 hợp tác xã, gồm 08 hợp tác xã nông nghiệp và 03 hợp tác xã dịch vụ.}}.",
    ),
    ("section", "Đầu tư công, xây dựng cơ bản"),
    (
        "text",
        "Tổng kế hoạch vốn đầu tư công năm 2026 là 24.600 triệu đồng{{Trong đó: vốn ngân sách trung ương 14.200 triệu "
        "đồng, ngân sách tỉnh 7.900 triệu đồng, ngân sách xã 2.500 triệu đồng.}}; đến hết ngày 31/5/2026 đã giải ngân "
        "11.070 triệu đồng, đạt 54% kế hoạch. Trong 07 công trình khởi công mới{{Gồm 04 công trình giao thông, "
        "02 công trình trường học và 01 công trình thủy lợi.}}, có 05 công trình đã bàn giao mặt bằng, 02 công trình "
        "đang giải phóng mặt bằng. Bê tông hóa được 4,8 km đường thôn, đạt 75% kế hoạch (4,8/6,4 km).",
    ),
    ("section", "Thu, chi ngân sách"),
    (
        "text",
        "Tổng thu ngân sách trên địa bàn 6 tháng đầu năm đạt 3.276 triệu đồng, bằng 63% dự toán tỉnh giao "
        "(5.200 triệu đồng), bằng 58,5% dự toán HĐND xã giao (5.600 triệu đồng), tăng 276 triệu đồng so với cùng kỳ "
        "năm 2025 (3.050 triệu đồng). Tổng chi ngân sách là 41.350 triệu đồng{{Trong đó: chi thường xuyên 29.870 triệu "
        "đồng; chi đầu tư phát triển 11.070 triệu đồng; chi khác 410 triệu đồng.}}.",
    ),
    ("section", "Tài nguyên và môi trường"),
    (
        "text",
        "Cơ cấu sử dụng đất của xã: đất trồng trọt 38,4%, đất lâm nghiệp 52,7%, đất phi nông nghiệp 6,9%, đất chưa sử "
        "dụng 3,0%. Cấp mới 214 giấy chứng nhận quyền sử dụng đất{{Gồm 189 giấy cấp cho hộ gia đình, cá nhân và "
        "25 giấy cấp cho tổ chức.}}. Thu gom rác thải sinh hoạt được 1.260/1.400 tấn, đạt 90%.",
    ),
    ("skipped section", "Xây dựng nông thôn mới"),
    (
        "text",
        "Đến nay xã đạt 16/19 tiêu chí, bằng 84,2%. Còn 03 tiêu chí chưa đạt (giao thông, thu nhập, nghèo đa chiều, "
        "môi trường). Có 06/10 thôn đạt chuẩn thôn nông thôn mới, bằng 60%.",
    ),
    ("chapter", "VỀ VĂN HÓA - XÃ HỘI"),
    ("section", "Giáo dục và đào tạo"),
    (
        "text",
        "Toàn xã có 09 trường với 132 lớp, 3.960 học sinh{{Mầm non 03 trường, 36 lớp, 980 học sinh; tiểu học 03 "
        "trường, 58 lớp, 1.640 học sinh; trung học cơ sở 03 trường, 38 lớp, 1.340 học sinh.}}. Có 06/09 trường đạt "
        "chuẩn quốc gia, bằng 66,7%.",
    ),
    ("section", "Y tế, dân số"),
    (
        "text",
        "Trạm y tế khám, chữa bệnh cho 12.450 lượt người, tăng 450 lượt so với cùng kỳ năm 2025 (12.000 lượt). "
        "Kinh phí khám, chữa bệnh bảo hiểm y tế là 1.48.250 nghìn đồng. Số người tham gia bảo hiểm y tế là "
        "13.944/14.525 người, đạt 96%.",
    ),
    ("section", "Lao động, giảm nghèo, an sinh xã hội"),
    (
        "text",
        "Giải quyết việc làm cho 165 lao động{{Tổng số lao động được giải quyết việc làm là 156 lao động, gồm: "
        "làm việc trong tỉnh 96 lao động, ngoài tỉnh 48 lao động, đi làm việc ở nước ngoài 12 lao động.}}. "
        "Toàn xã có 3.150 hộ, trong đó hộ nghèo đầu năm là 252 hộ, chiếm 8%; đến nay còn 221 hộ, giảm 31 hộ. "
        "Dịp Tết Nguyên đán đã cấp 12,6 tấn gạo cho 840 khẩu thiếu đói{{Định mức 15 kg/khẩu, cấp một lần.}}.",
    ),
    ("section", "Văn hóa, thông tin, thể thao"),
    (
        "text",
        "Có 2.835/3.150 hộ đạt danh hiệu gia đình văn hóa, đạt 90%. Tổ chức đêm giao lưu văn nghệ chào mừng ngày lễ "
        "vào ngày 31/4/2026 và 02 giải thể thao (bóng chuyền, kéo co) thu hút hơn 600 lượt người tham gia.",
    ),
    ("chapter", "VỀ NỘI CHÍNH, QUỐC PHÒNG - AN NINH"),
    ("section", "Cải cách hành chính, tiếp công dân"),
    (
        "text",
        "Bộ phận một cửa tiếp nhận 2.146 hồ sơ; đã giải quyết 2.098 hồ sơ (trước hạn 1.510 hồ sơ, đúng hạn 574 hồ sơ, "
        "quá hạn 14 hồ sơ), đang giải quyết 48 hồ sơ. Tiếp nhận 23 đơn{{Trong đó: kiến nghị 15 đơn, phản ánh 06 đơn, "
        "khiếu nại 02 đơn.}}; đã giải quyết 19 đơn, còn 04 đơn đang giải quyết.",
    ),
    ("section", "Quốc phòng, an ninh"),
    (
        "text",
        "Hoàn thành chỉ tiêu tuyển quân với 18/18 công dân nhập ngũ, đạt 100%. Thực hiện Quyết định số 12/NQ-HĐND ngày "
        "18/12/2025 của HĐND xã, Công an xã tăng cường tuần tra; xảy ra 07 vụ vi phạm pháp luật, giảm 02 vụ so với "
        "cùng kỳ năm 2025 (09 vụ){{Gồm 04 vụ trộm cắp tài sản, 02 vụ cố ý gây thương tích và 01 vụ đánh bạc.}}.",
    ),
    ("part", "Phần thứ hai"),
    ("part", "PHƯƠNG HƯỚNG, NHIỆM VỤ 6 THÁNG CUỐI NĂM 2026"),
    (
        "dash",
        "Chăm sóc lúa, ngô vụ mùa; trồng hết 33,5 ha rừng còn lại theo kế hoạch; chủ động phòng, chống thiên tai.",
    ),
    ("dash", "Đẩy nhanh tiến độ giải phóng mặt bằng 02 công trình; đôn đốc nhà thầu thi công đúng tiến độ."),
    ("dash", "Phấn đấu thu ngân sách cả năm đạt 5.600 triệu đồng theo dự toán HĐND xã giao."),
    ("dash", "Rà soát hộ nghèo, hộ cận nghèo; thực hiện đầy đủ các chính sách an sinh xã hội."),
    ("dash", "Giữ vững quốc phòng, an ninh; giải quyết kịp thời đơn thư của công dân ngay từ cơ sở."),
    ("text", "Trên đây là báo cáo tình hình phát triển kinh tế - xã hội 6 tháng đầu năm 2026 của xã Mẫu Sơn Hạ./."),
)

RECIPIENTS = ("Nơi nhận:", "- UBND tỉnh Giả Định;", "- Thường trực HĐND xã;", "- Các thôn;", "- Lưu: VT.")
SIGNATURE = ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "", "", "Nguyễn Văn Ví Dụ")

ANNEX = ("Phụ lục", "CÁC CHỈ TIÊU CHỦ YẾU 6 THÁNG ĐẦU NĂM 2026")
ANNEX_OF = "(Kèm theo Báo cáo số 145/BC-UBND ngày 19/6/2026 của UBND xã Mẫu Sơn Hạ)"
HEAD = ("TT", "Chỉ tiêu", "ĐVT", "Kế hoạch năm 2026", "Kết quả 6 tháng đầu năm 2026")
HEAD_BELOW = ("Thực hiện", "% so với kế hoạch")
ROWS: tuple[tuple[str, ...], ...] = (
    ("1", "Tổng diện tích gieo trồng", "ha", "1.200", "1.245,5", "103,8"),
    ("2", "Sản lượng lương thực có hạt", "tấn", "5.500", "5.198,9", "94,5"),
    ("3", "Diện tích trồng rừng mới", "ha", "120", "86,5", "72,1"),
    ("4", "Thu ngân sách trên địa bàn", "triệu đồng", "5.600", "3.276", "58,5"),
    ("5", "Hợp tác xã thành lập mới", "HTX", "4", "3", "75,0"),
    ("6", "Bê tông hóa đường thôn", "km", "6,4", "4,8", "75,0"),
    ("7", "Thu gom rác thải sinh hoạt", "tấn", "1.400", "1.260", "90,0"),
    ("8", "Hộ đạt danh hiệu gia đình văn hóa", "hộ", "2.898", "2.835", "97,8"),
    ("9", "Lao động được giải quyết việc làm", "người", "300", "156", "52,0"),
    ("10", "Số hộ thoát nghèo", "hộ", "62", "31", "48,0"),
    ("11", "Công dân nhập ngũ", "người", "18", "18", "100,0"),
)
